/** SQL over a row of `users`: whether they can sign in, by shared/model/invitation.ts. */
export const signInState = `CASE
  WHEN users.state = 'DISABLED' THEN 'DISABLED'
  WHEN users.password_hash IS NOT NULL THEN 'READY'
  WHEN users.invitation_expires_at > now() THEN 'INVITED'
  ELSE 'NONE'
END`;
