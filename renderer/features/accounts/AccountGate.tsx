import { type ReactNode, useState } from 'react';
import { FullScreenFailure } from '../../components/FullScreenFailure.tsx';
import { Opening } from '../../components/Opening.tsx';
import { useOperation } from '../../lib/queries.ts';
import { useAppStatus } from '../database/app-status.ts';
import { FirstStart } from './FirstStart.tsx';
import { Register } from './Register.tsx';
import { SignIn } from './SignIn.tsx';
import { UseCode } from './UseCode.tsx';

/** Lets in whoever is signed in; others meet the way to get there. */
export function AccountGate({ children }: { children: ReactNode }) {
  const { data: status } = useAppStatus();
  const {
    data: person,
    error,
    refetch,
  } = useOperation('accounts.current', undefined, { staleTime: Infinity });
  if (person) return children;
  if (person === undefined && error)
    return <FullScreenFailure error={error} onRetry={() => void refetch()} />;
  if (person === undefined && !status?.expected) return <Opening />;
  if (status?.firstPersonNeeded ?? status?.expected === 'FIRST_PERSON') return <FirstStart />;
  return <WaysIn selfRegistration={status?.selfRegistration ?? false} />;
}

/** The ways to sign in. Whoever comes after somebody has signed out begins with the usual one again. */
function WaysIn({ selfRegistration }: { selfRegistration: boolean }) {
  const [way, setWay] = useState<'signIn' | 'register' | 'useCode'>('signIn');
  const back = () => setWay('signIn');
  if (way === 'register' && selfRegistration) return <Register onBack={back} />;
  if (way === 'useCode') return <UseCode onBack={back} />;
  return (
    <SignIn
      onRegister={selfRegistration ? () => setWay('register') : undefined}
      onUseCode={() => setWay('useCode')}
    />
  );
}
