/** What a screen reader is told without moving the focus. */
class Announcer {
  #polite = $state('');
  #assertive = $state('');

  get polite(): string {
    return this.#polite;
  }
  get assertive(): string {
    return this.#assertive;
  }

  /** Says it when the reader is free. A trailing no-break space makes a repeated sentence new. */
  say(text: string): void {
    this.#polite = this.#polite === text ? `${text}\u00a0` : text;
  }

  /** Says it at once; a repeated sentence is new here too. An empty text takes back what no longer holds. */
  interrupt(text: string): void {
    this.#assertive = text !== '' && this.#assertive === text ? `${text}\u00a0` : text;
  }
}

export const announcer = new Announcer();
