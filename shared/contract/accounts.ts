import { z } from 'zod';
import { signInStates } from '../model/invitation.ts';
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

const personRow = person.extend({
  signIn: z.enum(signInStates),
  /** Until when their one-time code can be used, where it is what they wait for. */
  invitedUntil: timestamp.nullable(),
  createdAt: timestamp,
});
export type PersonRow = z.infer<typeof personRow>;

/** A one-time code to set a password with. It is told once, to whoever asked for it, and only its hash is kept. */
export const invitation = z.object({
  /** Four groups of four, such as `7K2M-Q9XR-41TD-H0ZE`. */
  code: z.string(),
  expiresAt: timestamp,
});
export type Invitation = z.infer<typeof invitation>;

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
  /** Sets a password with a one-time code, and signs in. Where they had one before, it and its sessions end. */
  'accounts.useCode': operation({
    access: 'anyone',
    input: z.object({
      email: storableText.trim().max(1000),
      code: z.string().max(1000),
      password: newPassword,
      remember,
    }),
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
    input: z.object({
      /** A part of the name or address. */
      search: storableText.max(200).optional(),
      role: z.enum(roles).optional(),
      signIn: z.enum(signInStates).optional(),
      after: z.string().max(2000).optional(),
    }),
    output: page(personRow),
  }),
  /** Makes an account without a password, and gives it a one-time code. */
  'people.invite': operation({
    access: ['ADMIN'],
    input: z.object({ name: personName, email, role: z.enum(roles) }),
    output: z.object({ person: personRow, invitation }),
  }),
  /**
   * Gives somebody a new one-time code. A password that they have stops working, and their sessions end: also what to do
   * when an invitation has been lost.
   */
  'people.resetPassword': operation({
    access: ['ADMIN'],
    input: z.object({ id }),
    output: z.object({ person: personRow, invitation }),
  }),
  /** @throws CONFLICT with `current` when the role is another one than the caller has seen */
  'people.changeRole': operation({
    access: ['ADMIN'],
    input: z.object({ id, from: z.enum(roles), to: z.enum(roles) }),
    output: personRow,
  }),
  /** Disabled people keep what is theirs and cannot sign in; their sessions end. */
  'people.setState': operation({
    access: ['ADMIN'],
    input: z.object({ id, state: z.enum(personStates) }),
    output: personRow,
  }),
  /** With a first password that the admin tells them. */
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
