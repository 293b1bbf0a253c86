/** Which screen is shown. Kept in the address's hash, so that a reload comes back to it. */

export type Route =
  | { screen: 'hall' }
  | { screen: 'begin'; packId: string; formId: string }
  | { screen: 'tutorial'; packId: string; formId: string }
  | { screen: 'sitting'; sittingId: string }
  | { screen: 'result'; sittingId: string }
  | { screen: 'insight'; sittingId: string }
  | { screen: 'replay'; sittingId: string }
  | { screen: 'questions'; sittingId: string; filter: string }
  | { screen: 'plan'; examCode: string }
  /** `view`: the sittings where it is left out. */
  | { screen: 'history'; view?: string }
  | { screen: 'compare'; first: string; second: string }
  | { screen: 'practice' }
  /** `position` 0 is wherever the practice stands. */
  | { screen: 'practising'; practiceId: string; position: number }
  | { screen: 'settings' };

const HALL: Route = { screen: 'hall' };

class Router {
  #route = $state.raw<Route>(parse(location.hash));
  #hasMoved = false;

  constructor() {
    addEventListener('hashchange', () => this.#move(parse(location.hash)));
  }

  /** Whether this is no longer the screen that was shown first. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  get route(): Route {
    return this.#route;
  }

  /** Goes to a screen and to its top. */
  go(route: Route): void {
    history.pushState(null, '', format(route));
    this.#move(route);
    scrollTo(0, 0);
  }

  /** Goes to a screen that takes the place of the present one: the way back does not lead there again. */
  replace(route: Route): void {
    this.note(route);
    this.#move(route);
    scrollTo(0, 0);
  }

  /** Names the place within the present screen, for a reload; the way back leads out of the screen all the same. */
  note(route: Route): void {
    history.replaceState(null, '', format(route));
  }

  #move(route: Route): void {
    this.#hasMoved = true;
    this.#route = route;
  }
}

function format(route: Route): string {
  const { screen, ...parts } = route;
  return `#/${[screen, ...Object.values(parts)].map(encodeURIComponent).join('/')}`;
}

/** The hall for an address that names no screen, such as one that was cut off when it was copied. */
function parse(hash: string): Route {
  const [screen, first, second] = hash.replace(/^#\//, '').split('/').map(decoded);
  switch (screen) {
    case 'begin':
    case 'tutorial':
      return first && second ? { screen, packId: first, formId: second } : HALL;
    case 'sitting':
    case 'result':
    case 'insight':
    case 'replay':
      return first ? { screen, sittingId: first } : HALL;
    case 'questions':
      return first ? { screen, sittingId: first, filter: second ?? 'all' } : HALL;
    case 'plan':
      return first ? { screen, examCode: first } : HALL;
    case 'practising':
      return first ? { screen, practiceId: first, position: Number(second) || 0 } : HALL;
    case 'history':
      return first ? { screen, view: first } : { screen };
    case 'compare':
      return first && second ? { screen, first, second } : HALL;
    case 'practice':
    case 'settings':
      return { screen };
    default:
      return HALL;
  }
}

/** Empty, as if it were not there, where it is no part of an address. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export const router = new Router();
