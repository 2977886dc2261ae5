import { type ReactNode, useState } from 'react';
import { FullScreenFailure } from '../../components/FullScreenFailure.tsx';
import { Opening } from '../../components/Opening.tsx';
import { useOperation } from '../../lib/queries.ts';
import { useAppStatus } from '../database/app-status.ts';
import { FirstStart } from './FirstStart.tsx';
import { Register } from './Register.tsx';
import { SignIn } from './SignIn.tsx';

/** Lets in whoever is signed in; others meet the way to get there. */
export function AccountGate({ children }: { children: ReactNode }) {
  const { data: status } = useAppStatus();
  const {
    data: person,
    error,
    refetch,
  } = useOperation('accounts.current', undefined, { staleTime: Infinity });
  const [registering, setRegistering] = useState(false);

  if (person) return children;
  if (person === undefined && error)
    return <FullScreenFailure error={error} onRetry={() => void refetch()} />;
  if (person === undefined && !status?.expected) return <Opening />;
  if (status?.firstPersonNeeded ?? status?.expected === 'FIRST_PERSON') return <FirstStart />;
  if (registering && status?.selfRegistration) return <Register onBack={() => setRegistering(false)} />;
  return <SignIn onRegister={status?.selfRegistration ? () => setRegistering(true) : undefined} />;
}
