/** How many questions the next practice set has. Kept on this machine. */

export const SIZES = [5, 10, 20] as const;
export type Size = (typeof SIZES)[number];

const KEY = 'codehall-practice-size';
const STANDARD: Size = 10;

const known = (size: number): Size => SIZES.find((one) => one === size) ?? STANDARD;

class PracticeSize {
  #size = $state<Size>(known(Number(localStorage.getItem(KEY))));

  get size(): Size {
    return this.#size;
  }

  set(size: number): void {
    this.#size = known(size);
    localStorage.setItem(KEY, String(this.#size));
  }
}

export const practiceSize = new PracticeSize();
