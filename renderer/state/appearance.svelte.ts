/** How Codehall looks on this machine: scheme and zoom. Kept by the browser, not in the history. */

export const SCHEMES = ['system', 'light', 'dark', 'sepia', 'contrast'] as const;
export type Scheme = (typeof SCHEMES)[number];

export const ZOOMS = [100, 125, 150, 175, 200] as const;

const KEY = 'codehall-appearance';
const BASE_PX = 17;

interface Kept {
  scheme: Scheme;
  zoom: number;
  showPace: boolean;
}

class Appearance {
  #kept = $state.raw<Kept>(read());
  #systemDark = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    this.#systemDark.addEventListener('change', () => this.#show());
    this.#show();
  }

  get scheme(): Scheme {
    return this.#kept.scheme;
  }
  get zoom(): number {
    return this.#kept.zoom;
  }
  get showPace(): boolean {
    return this.#kept.showPace;
  }

  /** 1 rem in px, for drawings that are laid out in px. */
  get remPx(): number {
    return (BASE_PX * this.#kept.zoom) / 100;
  }

  set(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    localStorage.setItem(KEY, JSON.stringify(this.#kept));
    this.#show();
  }

  #show(): void {
    const { scheme } = this.#kept;
    const shown = scheme === 'system' ? (this.#systemDark.matches ? 'dark' : 'light') : scheme;
    document.documentElement.dataset['scheme'] = shown;
    document.documentElement.style.fontSize = `${this.remPx}px`;
  }
}

function read(): Kept {
  const standard: Kept = { scheme: 'system', zoom: 100, showPace: true };
  try {
    const kept = { ...standard, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>) };
    const known = SCHEMES.includes(kept.scheme) && (ZOOMS as readonly number[]).includes(kept.zoom);
    return known ? kept : standard;
  } catch {
    return standard;
  }
}

export const appearance = new Appearance();
