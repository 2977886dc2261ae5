import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

/** Sizes in device-independent pixels. */
const smallest = { width: 900, height: 600 };
const usual = { width: 1280, height: 840 };

const stateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
  maximised: z.boolean(),
  /** The page's colour, `#rrggbb`: by then a person may have chosen another than the system's. */
  background: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .optional(),
});
/** Where the window was when it was last closed, and its colour. */
export type WindowState = z.infer<typeof stateSchema>;

/** How a window opens. Without a position the system places it. */
export interface Placement {
  width: number;
  height: number;
  minWidth: number;
  minHeight: number;
  x?: number;
  y?: number;
}

/** What was remembered; nothing when there is none or it cannot be read. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/**
 * Where a window opens, given the work areas of the displays there are now: where it was, unless its title bar would
 * be out of reach since a display has gone; never larger than the display it is on.
 */
export function placeWindow(state: WindowState | undefined, workAreas: readonly Rectangle[]): Placement {
  const minimum = { minWidth: smallest.width, minHeight: smallest.height };
  const area = state && workAreas.find((each) => reachable(state.bounds, each));
  if (!state || !area) return { ...usual, ...minimum };
  return {
    x: state.bounds.x,
    y: state.bounds.y,
    width: between(smallest.width, state.bounds.width, area.width),
    height: between(smallest.height, state.bounds.height, area.height),
    ...minimum,
  };
}

/** A hand's breadth of the title bar is on the display. */
function reachable(bounds: Rectangle, area: Rectangle): boolean {
  const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return visibleWidth >= 120 && bounds.y >= area.y && bounds.y <= area.y + area.height - 40;
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
