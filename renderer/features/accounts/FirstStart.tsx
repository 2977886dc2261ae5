import { AccountScreen } from './AccountScreen.tsx';
import { NewAccountForm } from './NewAccountForm.tsx';

/** Nobody has an account yet: whoever makes the first one looks after Parley. */
export function FirstStart() {
  return (
    <AccountScreen
      title="Welcome to Parley"
      lead="Practise technical interviews by speaking, and hear how you sound. As the first person here you also look after Parley: you are its admin."
    >
      <NewAccountForm operation="accounts.createFirst" rememberByDefault />
    </AccountScreen>
  );
}
