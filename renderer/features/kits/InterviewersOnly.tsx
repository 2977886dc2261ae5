import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import { usePerson } from '../accounts/signed-in.ts';

/** Screens that candidates have no part in; main refuses them what is on it as well. */
export function InterviewersOnly({ children }: { children: ReactNode }) {
  const { role } = usePerson();
  return role === 'CANDIDATE' ? <Navigate to="/" replace /> : children;
}
