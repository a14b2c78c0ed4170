import type { PointView } from '../api/generated/PointView';
import { dateLocale } from '../dates';

/** A value where it is drawn, in pixels of the chart. */
export interface Dot {
  x: number;
  y: number;
  /** Where a range ends that begins at `y`. */
  to: number | null;
  point: PointView;
}

export interface Line {
  name: string;
  /** The SVG path between values that can be joined: what is only "less than" something, and a range, is not. */
  path: string;
  dots: Dot[];
}

export interface Tick {
  at: number;
  words: string;
}

export interface Plot {
  lines: Line[];
  /** Usual ranges as they were on the day of each value. */
  bands: { x: number; y: number; width: number; height: number }[];
  across: Tick[];
  up: Tick[];
}

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const YEAR = 365.2425;

/** Steps of 1, 2 or 5 that make about `wanted` ticks of a span. */
function step(span: number, wanted: number): number {
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  return unit * power;
}

/** A figure of an axis, without the noise of floating point. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function between(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function upTicks(low: number, high: number): number[] {
  const by = step(high - low, 4);
  const ticks: number[] = [];
  for (let at = Math.ceil(low / by); at * by <= high; at += 1) ticks.push(at * by);
  return ticks;
}

function dateTicks(from: number, to: number): { at: number; words: string }[] {
  const years = (to - from) / YEAR;
  const date = (days: number) => new Date(days * 86_400_000);
  const first = date(from).getUTCFullYear();
  const last = date(to).getUTCFullYear();
  if (years > 2) {
    const by = Math.max(1, Math.ceil((last - first) / 6));
    const ticks = [];
    for (let year = Math.ceil(first / by) * by; year <= last; year += by) {
      const at = Date.UTC(year, 0, 1) / 86_400_000;
      if (at >= from) ticks.push({ at, words: String(year) });
    }
    return ticks;
  }
  const months = (to - from) / 30.4;
  const words = (at: number) =>
    date(at).toLocaleDateString(dateLocale(), {
      ...(months > 2 ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' }),
      timeZone: 'UTC',
    });
  const count = 4;
  return [...Array(count).keys()].map((n) => {
    const at = from + ((to - from) * n) / (count - 1);
    return { at, words: words(at) };
  });
}

function ageTicks(
  from: number,
  to: number,
  words: (months: number) => string,
): { at: number; words: string }[] {
  const month = YEAR / 12;
  const by = Math.max(1, Math.ceil(step((to - from) / month, 5)));
  // Whole years, where there are several.
  const months = by > 6 ? Math.ceil(by / 12) * 12 : by;
  const ticks = [];
  for (let at = Math.ceil(from / month / months) * months; at * month <= to; at += months) {
    ticks.push({ at: at * month, words: words(at) });
  }
  return ticks;
}

/**
 * Where everything is drawn. `born` (days since 1970) draws by age: `ageWords` says an age in months.
 */
export function plot(
  points: readonly PointView[],
  frame: Frame,
  born: number | null = null,
  ageWords: (months: number) => string = String,
): Plot {
  if (points.length === 0) return { lines: [], bands: [], across: [], up: [] };
  const shifted = points.map((point) => ({ point, at: point.at - (born ?? 0) })).sort((a, b) => a.at - b.at);
  let [from, to] = between(shifted.map(({ at }) => at));
  if (to - from < 2) [from, to] = [from - 15, to + 15];
  const bounds = points.flatMap((point) =>
    [point.number, point.to, point.low, point.high].filter((value) => value !== null),
  );
  let [low, high] = between(bounds);
  const room = (high - low || Math.abs(high) || 1) * 0.1;
  // Nothing that is measured here lies below nought, unless it does.
  low = low >= 0 ? Math.max(0, low - room) : low - room;
  // What is only known to be more than a bound points up from it.
  high += points.some((point) => point.comparator?.startsWith('>')) ? 2 * room : room;
  const inner = {
    width: Math.max(1, frame.width - frame.left - frame.right),
    height: Math.max(1, frame.height - frame.top - frame.bottom),
  };
  const x = (at: number) => frame.left + ((at - from) / (to - from)) * inner.width;
  const y = (value: number) => frame.top + (1 - (value - low) / (high - low)) * inner.height;

  const names = [...new Set(shifted.map(({ point }) => point.name))];
  const lines = names.map((name) => {
    const dots = shifted
      .filter(({ point }) => point.name === name)
      .map(({ point, at }) => ({
        x: x(at),
        y: y(point.number),
        to: point.to === null ? null : y(point.to),
        point,
      }));
    let path = '';
    let joined = false;
    for (const dot of dots) {
      const whole = dot.point.comparator === null && dot.to === null;
      if (whole) path += `${joined ? 'L' : 'M'}${dot.x.toFixed(1)} ${dot.y.toFixed(1)}`;
      joined = whole;
    }
    return { name, path, dots };
  });

  const bands = lines.flatMap(({ dots }) =>
    dots.flatMap(({ x: here, point }, index) => {
      if (point.low === null && point.high === null) return [];
      // Half way to its neighbours: on another day it may have been another range.
      const before = dots[index - 1];
      const after = dots[index + 1];
      const start = before ? (before.x + here) / 2 : frame.left;
      const end = after ? (after.x + here) / 2 : frame.left + inner.width;
      const top = point.high === null ? frame.top : y(point.high);
      const bottom = point.low === null ? frame.top + inner.height : y(point.low);
      return [{ x: start, y: top, width: Math.max(0, end - start), height: Math.max(0, bottom - top) }];
    }),
  );
  // A range that stayed the same is one band: seams between its parts would look like changes.
  for (let at = bands.length - 1; at > 0; at -= 1) {
    const [one, next] = [bands[at - 1], bands[at]];
    if (one && next && one.y === next.y && one.height === next.height && one.x + one.width === next.x) {
      one.width += next.width;
      bands.splice(at, 1);
    }
  }
  const across = born === null ? dateTicks(from, to) : ageTicks(from, to, ageWords);
  return {
    lines,
    bands,
    across: across.map((tick) => ({ at: x(tick.at), words: tick.words })),
    up: upTicks(low, high).map((value) => ({ at: y(value), words: figure(value) })),
  };
}
