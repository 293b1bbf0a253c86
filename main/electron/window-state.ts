/** Where the window was, kept over restarts in `window.json` of the data folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, Rectangle, Screen } from 'electron';
import * as v from 'valibot';
import { writeWhole } from '../write-file.ts';

/** The screens are made for 1024 x 700 and up; below this their lines would be too short to read. */
const MIN_WIDTH = 800;
const MIN_HEIGHT = 600;
const FIRST_WIDTH = 1280;
const FIRST_HEIGHT = 860;

/** Of the window's top edge, so much must lie on a display for it to be seen and dragged. */
const GRIP_WIDTH = 120;
const GRIP_HEIGHT = 32;

const length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));
const offset = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const WindowStateSchema = v.object({
  x: offset,
  y: offset,
  width: length,
  height: length,
  maximized: v.boolean(),
});

/** Bounds in device-independent pixels, those it has when it is neither maximized nor in full screen. */
type WindowState = v.InferOutput<typeof WindowStateSchema>;

/** How a window is to be made. Without `x` and `y` it is centred. */
export interface WindowPlace {
  width: number;
  height: number;
  minWidth: number;
  minHeight: number;
  x?: number;
  y?: number;
}

/**
 * Where the window goes: where it was, if its top edge still lies on a display, else in the middle of the first one;
 * never larger than the display, and smaller than its least size only where the display is.
 */
export function openingPlace(
  screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>,
  dataDir: string,
): { place: WindowPlace; maximized: boolean } {
  const state = read(dataDir);
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const own = state && areas.find((area) => holdsTopOf(area, state));
  const area = own ?? screen.getPrimaryDisplay().workArea;
  const minWidth = Math.min(MIN_WIDTH, area.width);
  const minHeight = Math.min(MIN_HEIGHT, area.height);
  const within = (size: number, least: number, most: number) => Math.max(least, Math.min(size, most));
  const place: WindowPlace = {
    width: within(state?.width ?? FIRST_WIDTH, minWidth, area.width),
    height: within(state?.height ?? FIRST_HEIGHT, minHeight, area.height),
    minWidth,
    minHeight,
  };
  if (state && own) Object.assign(place, { x: state.x, y: state.y });
  return { place, maximized: state?.maximized ?? false };
}

/** Keeps where the window was when it is closed. What cannot be written is not worth a word to the candidate. */
export function keepPlace(window: BrowserWindow, dataDir: string, logFault: (error: unknown) => void): void {
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    const state: WindowState = { x, y, width, height, maximized: window.isMaximized() };
    try {
      writeWhole(fileIn(dataDir), `${JSON.stringify(state)}\n`);
    } catch (error) {
      logFault(error);
    }
  });
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'window.json');
}

/** @returns null when there is none, or none that can be read. */
function read(dataDir: string): WindowState | null {
  try {
    const parsed = v.safeParse(WindowStateSchema, JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function holdsTopOf(area: Rectangle, window: Rectangle): boolean {
  const across = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x);
  return across >= GRIP_WIDTH && window.y >= area.y && window.y + GRIP_HEIGHT <= area.y + area.height;
}
