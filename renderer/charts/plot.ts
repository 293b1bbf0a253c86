/** What the layers of a chart share: the scales of the plot they are drawn in, and the names of their tones and shapes. */
import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle, type SymbolType } from 'd3-shape';
import { getLayerCakeContext, type LayerCakeContext } from 'layercake';

/** A continuous scale of d3-scale (linear, log, time) from values to pixels. Times are ms. */
export interface PlotScale {
  (value: number): number;
  /** Round values, about as many as asked for. */
  ticks(count?: number): (number | Date)[];
}

export interface Point {
  x: number;
  y: number;
}

/** Colours by meaning; each is a token of the app, so that every scheme has it. */
export type Tone = 'accent' | 'ink' | 'soft' | 'good' | 'bad' | 'flag';

/** Told apart by outline and filling, so that colour is never needed. */
export type DotShape = 'disc' | 'ring' | 'cross' | 'square' | 'diamond' | 'triangle';

/** The plot around a layer. Read its values where they are used: they change with the size of the chart. */
export function plot(): LayerCakeContext<{ x: PlotScale; y: PlotScale }> {
  return getLayerCakeContext<{ x: PlotScale; y: PlotScale }>();
}

const FILLED: Readonly<Record<Exclude<DotShape, 'cross'>, SymbolType>> = {
  disc: symbolCircle,
  ring: symbolCircle,
  square: symbolSquare,
  diamond: symbolDiamond,
  triangle: symbolTriangle,
};

/**
 * The path of a dot around 0, 0.
 * @param width of the dot in px; shapes are of about equal area.
 */
export function dotPath(shape: DotShape, width: number): string {
  const half = width / 2;
  if (shape === 'cross') {
    const arm = half * 0.85;
    return `M${-arm},${-arm}L${arm},${arm}M${-arm},${arm}L${arm},${-arm}`;
  }
  return symbol(FILLED[shape], Math.PI * half * half)() ?? '';
}

/** Whether a shape is drawn by its outline alone. */
export function isHollow(shape: DotShape): boolean {
  return shape === 'ring' || shape === 'cross';
}
