import { expect, test } from 'vitest';
import { isAllowed } from './permissions.ts';

const page = 'app://parley/';

test('our page may use the microphone', () => {
  expect(isAllowed('media', page, ['audio'])).toBe(true);
});

test.each([
  ['the camera', page, ['video']],
  ['the camera beside the microphone', page, ['audio', 'video']],
  ['something unnamed', page, []],
  ['something unknown', page, ['unknown']],
  ['the microphone for another site', 'https://evil.example/', ['audio']],
  ['the microphone for a host that begins like ours', 'app://parley.evil/', ['audio']],
  ['the microphone for a user that is called like our host', 'app://parley@evil/', ['audio']],
  ['the microphone for no address', '', ['audio']],
])('media: not %s', (_, address, kinds) => {
  expect(isAllowed('media', address, kinds)).toBe(false);
});

test.each([
  'geolocation',
  'notifications',
  'clipboard-read',
  'display-capture',
  'hid',
  'usb',
  'serial',
  'midi',
  'openExternal',
  'fileSystem',
  'constructor',
  'toString',
  '__proto__',
  '',
])('what is not in the table is refused: %s', (permission) => {
  expect(isAllowed(permission, page, ['audio'])).toBe(false);
});
