import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

const display = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1000 };
const usual = { width: 1280, height: 840, minWidth: 900, minHeight: 600 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximised: false,
});

describe('a window', () => {
  test('opens in its usual size the first time, where the system puts it', () => {
    expect(placeWindow(undefined, [display])).toEqual(usual);
  });

  test('opens where it was', () => {
    expect(placeWindow(at(100, 50), [display])).toMatchObject({ x: 100, y: 50, width: 1000, height: 700 });
    expect(placeWindow(at(2000, 50), [display, second])).toMatchObject({ x: 2000, y: 50 });
  });

  test.each([
    ['whose display has gone', at(2000, 50), [display]],
    ['above all displays', at(100, -300), [display]],
    ['below all displays', at(100, 1039), [display]],
    ['of which only a sliver would show', at(1900, 50), [display]],
    ['left of all displays', at(-990, 50), [display]],
  ])('%s opens where the system puts it', (_, state, displays) => {
    expect(placeWindow(state, displays)).toEqual(usual);
  });

  test('is never larger than its display, nor smaller than the screens need', () => {
    expect(placeWindow(at(0, 0, 5000, 5000), [display])).toMatchObject({ width: 1920, height: 1040 });
    expect(placeWindow(at(0, 0, 200, 200), [display])).toMatchObject({ width: 900, height: 600 });
  });
});

describe('its place', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-window-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is remembered in a file of its owner', () => {
    const file = join(folder, 'window.json');
    writeWindowState(file, at(1, 2));
    expect(readWindowState(file)).toEqual(at(1, 2));
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test.each([
    '',
    '{',
    '[]',
    '{"bounds":{"x":"0"}}',
    '{"bounds":{"x":1e999,"y":0,"width":1,"height":1},"maximised":true}',
  ])('is forgotten where the file holds %j', (text) => {
    const file = join(folder, 'window.json');
    writeFileSync(file, text);
    expect(readWindowState(file)).toBeUndefined();
  });

  test('is unknown where there is no file', () => {
    expect(readWindowState(join(folder, 'none.json'))).toBeUndefined();
  });
});
