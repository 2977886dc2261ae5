import { OwnData } from '../personal-data/OwnData.tsx';
import { NameForm } from './NameForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { SettingsGroup } from './SettingsGroup.tsx';
import { SignedInMachines } from './SignedInMachines.tsx';

export function AccountSection() {
  return (
    <>
      <SettingsGroup title="You">
        <NameForm />
      </SettingsGroup>
      <SettingsGroup title="Password" lead="Changing it signs you out everywhere else.">
        <PasswordForm />
      </SettingsGroup>
      <SettingsGroup title="Where you are signed in">
        <SignedInMachines />
      </SettingsGroup>
      <SettingsGroup title="Your data" lead="Everything of yours that is held here, as one file.">
        <OwnData />
      </SettingsGroup>
    </>
  );
}
