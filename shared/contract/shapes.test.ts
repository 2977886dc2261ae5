import { expect, it } from 'vitest';
import { email, newPassword, personName } from './shapes.ts';

it('counts a password in bytes, as bcrypt does', () => {
  expect(newPassword.safeParse('a'.repeat(72)).success).toBe(true);
  expect(newPassword.safeParse('a'.repeat(73)).success).toBe(false);
  // 2, 3 and 4 bytes a character
  expect(newPassword.safeParse('é'.repeat(36)).success).toBe(true);
  expect(newPassword.safeParse('é'.repeat(37)).success).toBe(false);
  expect(newPassword.safeParse('語'.repeat(24)).success).toBe(true);
  expect(newPassword.safeParse('語'.repeat(25)).success).toBe(false);
  expect(newPassword.safeParse('🔑'.repeat(18)).success).toBe(true);
  expect(newPassword.safeParse('🔑'.repeat(19)).success).toBe(false);
});

it('takes names and addresses without the space around them, and refuses empty ones', () => {
  expect(personName.parse('  Ada ')).toBe('Ada');
  expect(personName.safeParse('   ').success).toBe(false);
  expect(email.parse(' ada@example.org ')).toBe('ada@example.org');
  expect(email.safeParse('ada@').success).toBe(false);
});
