/**
 * A disk that loses power: what was synced stays, and of what was written since, any sector may or may not have
 * arrived, in any of the forms it had, in any order. The length of a file and the names in the folder likewise.
 */
import type { Operation } from './write-log.ts';

const SECTOR = 512;

/** How much of what was not synced has arrived at a cut, one of these for each file. */
const SHARES = [0, 0.05, 0.5, 0.95, 1];

export class Disk {
  /** What each name stood for since the list of names was last synced, oldest first; `null`: it was free. */
  readonly #names = new Map<string, (DiskFile | null)[]>();

  apply(operation: Operation): void {
    switch (operation.kind) {
      case 'create':
        this.#names.set(operation.name, [...(this.#names.get(operation.name) ?? [null]), new DiskFile()]);
        break;
      case 'remove':
        this.#names.get(operation.name)?.push(null);
        break;
      case 'sync-names':
        for (const [name, since] of this.#names) this.#names.set(name, since.slice(-1));
        break;
      case 'write':
        this.#file(operation.name).write(operation.offset, operation.bytes);
        break;
      case 'resize':
        this.#file(operation.name).resize(operation.size);
        break;
      case 'sync':
        this.#file(operation.name).sync();
    }
  }

  /** The files after a cut now, by name. */
  cut(random: () => number): Map<string, Buffer> {
    return this.#contents((since) => {
      const file = arrived(since, share(random), random);
      return file?.cut(share(random), random);
    });
  }

  /** The files as they are while the power is on. */
  present(): Map<string, Buffer> {
    return this.#contents((since) => since.at(-1)?.present());
  }

  #contents(read: (since: (DiskFile | null)[]) => Buffer | undefined): Map<string, Buffer> {
    const files = new Map<string, Buffer>();
    for (const [name, since] of this.#names) {
      const content = read(since);
      if (content) files.set(name, content);
    }
    return files;
  }

  #file(name: string): DiskFile {
    const file = this.#names.get(name)?.at(-1);
    if (!file) throw new Error(`the write log writes to ${name}, which is not there`);
    return file;
  }
}

class DiskFile {
  #synced = Buffer.alloc(0);
  #now = Buffer.alloc(SECTOR);
  /** Lengths since the last sync, oldest first, from the one synced. */
  #sizes = [0];
  /** What each sector has held since, oldest first. */
  #sectors = new Map<number, Buffer[]>();

  get #size(): number {
    return this.#sizes.at(-1)!;
  }

  write(offset: number, bytes: Buffer): void {
    const end = offset + bytes.length;
    this.#reserve(end);
    bytes.copy(this.#now, offset);
    if (end > this.#size) this.#sizes.push(end);
    this.#changed(offset, end);
  }

  resize(size: number): void {
    const before = this.#size;
    this.#reserve(size);
    this.#sizes.push(size);
    if (size >= before) return;
    this.#now.fill(0, size, before);
    this.#changed(size, before);
  }

  sync(): void {
    if (this.#synced.length < this.#now.length) {
      const larger = Buffer.alloc(this.#now.length);
      this.#synced.copy(larger);
      this.#synced = larger;
    }
    for (const [sector, since] of this.#sectors) since.at(-1)!.copy(this.#synced, sector * SECTOR);
    this.#sizes = [this.#size];
    this.#sectors.clear();
  }

  present(): Buffer {
    return Buffer.from(this.#now.subarray(0, this.#size));
  }

  cut(likely: number, random: () => number): Buffer {
    const size = arrived(this.#sizes, likely, random);
    const content = Buffer.alloc(Math.ceil(size / SECTOR) * SECTOR);
    this.#synced.copy(content);
    for (const [sector, since] of this.#sectors) {
      const found = arrived([null, ...since], likely, random);
      if (found && sector * SECTOR < content.length) found.copy(content, sector * SECTOR);
    }
    return content.subarray(0, size);
  }

  #changed(from: number, to: number): void {
    for (let sector = Math.floor(from / SECTOR); sector * SECTOR < to; sector++) {
      const since = this.#sectors.get(sector) ?? [];
      since.push(Buffer.from(this.#now.subarray(sector * SECTOR, (sector + 1) * SECTOR)));
      this.#sectors.set(sector, since);
    }
  }

  #reserve(size: number): void {
    if (size <= this.#now.length) return;
    const larger = Buffer.alloc(Math.ceil((size * 2) / SECTOR) * SECTOR);
    this.#now.copy(larger);
    this.#now = larger;
  }
}

function share(random: () => number): number {
  return pick(SHARES, random);
}

/** The newest of what something was, with that likelihood; else any before it. */
function arrived<T>(since: readonly T[], likely: number, random: () => number): T {
  return since.length === 1 || random() < likely ? since.at(-1)! : pick(since.slice(0, -1), random);
}

/** One of some. */
export function pick<T>(some: readonly T[], random: () => number): T {
  return some[Math.floor(random() * some.length)]!;
}
