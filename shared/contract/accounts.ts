import { z } from 'zod';
import { personStates, roles } from '../model/roles.ts';
import { everyRole, operation } from './operation.ts';
import { email, id, newPassword, nothing, page, personName, storableText, timestamp } from './shapes.ts';

const person = z.object({
  id,
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  emailVerified: z.boolean(),
});
export type Person = z.infer<typeof person>;

const personRow = person.extend({ state: z.enum(personStates), createdAt: timestamp });
export type PersonRow = z.infer<typeof personRow>;

const signedInMachine = z.object({
  id,
  /** The machine and host it was made on, such as `lotus (desktop app)`. */
  label: z.string(),
  remembered: z.boolean(),
  current: z.boolean(),
  createdAt: timestamp,
  lastUsedAt: timestamp,
});
export type SignedInMachine = z.infer<typeof signedInMachine>;

const remember = z.boolean();

export const accountsOperations = {
  /** Makes the admin, and signs them in. Only while nobody has an account. */
  'accounts.createFirst': operation({
    access: 'anyone',
    input: z.object({ name: personName, email, password: newPassword, remember }),
    output: person,
  }),
  /** Makes a candidate, and signs them in. Only where an admin has left self-registration on. */
  'accounts.register': operation({
    access: 'anyone',
    input: z.object({ name: personName, email, password: newPassword, remember }),
    output: person,
  }),
  'accounts.signIn': operation({
    access: 'anyone',
    needs: 'connection',
    input: z.object({ email: storableText.trim().max(1000), password: z.string().max(1000), remember }),
    output: person,
  }),
  'accounts.signOut': operation({ access: 'anyone', needs: 'nothing', input: nothing, output: nothing }),
  /** Who is signed in here; signs in by the remembered session where there is one. */
  'accounts.current': operation({
    access: 'anyone',
    needs: 'connection',
    input: nothing,
    output: person.nullable(),
  }),
  'accounts.rename': operation({ access: everyRole, input: z.object({ name: personName }), output: person }),
  /** Ends every other session of this person. */
  'accounts.changePassword': operation({
    access: everyRole,
    input: z.object({ current: z.string().max(1000), next: newPassword }),
    output: nothing,
  }),
  'accounts.sessions': operation({ access: everyRole, input: nothing, output: z.array(signedInMachine) }),
  'accounts.revokeSession': operation({ access: everyRole, input: z.object({ id }), output: nothing }),

  'people.list': operation({
    access: ['ADMIN'],
    input: z.object({ search: storableText.max(200).optional(), after: z.string().optional() }),
    output: page(personRow),
  }),
  'people.create': operation({
    access: ['ADMIN'],
    input: z.object({ name: personName, email, password: newPassword, role: z.enum(roles) }),
    output: personRow,
  }),
  'people.setEmailVerified': operation({
    access: ['ADMIN'],
    input: z.object({ id, verified: z.boolean() }),
    output: personRow,
  }),
  'people.setSelfRegistration': operation({
    access: ['ADMIN'],
    input: z.object({ allowed: z.boolean() }),
    output: nothing,
  }),
} as const;

export const accountsEvents = {
  /** The session of this window ended elsewhere (revoked, expired). */
  'accounts.signedOut': z.void(),
} as const;
