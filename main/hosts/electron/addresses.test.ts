import { expect, test } from 'vitest';
import { isOurs } from './addresses.ts';

test.each(['app://parley', 'app://parley/', 'app://parley/#/settings', 'app://parley/assets/index.js?x'])(
  '%s is ours',
  (address) => {
    expect(isOurs(address)).toBe(true);
  },
);

test.each([
  'app://parley.evil/',
  'app://parley:80/',
  'app://parley@evil/',
  'app://evil@parley/',
  'app://evil/app://parley/',
  'app:parley',
  'http://parley/',
  'https://app/',
  'media://parley/',
  'file:///app://parley/',
  'blob:app://parley/x',
  'javascript:alert(1)//app://parley/',
  'data:text/html,app://parley/',
  'about:blank',
  'null',
  '',
])('%s is not', (address) => {
  expect(isOurs(address)).toBe(false);
});
