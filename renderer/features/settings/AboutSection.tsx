import { Facts } from '../../components/Facts.tsx';
import { useAppStatus } from '../database/app-status.ts';
import { SettingsGroup } from './SettingsGroup.tsx';

const platformWords: Record<string, string> = { darwin: 'macOS', linux: 'Linux', win32: 'Windows' };

export function AboutSection() {
  const { data: status } = useAppStatus();
  if (!status) return null;
  return (
    <SettingsGroup
      title="About Parley"
      lead="Technical interviews: practise them, listen to them, get better at them. What is said stays on your own machine and server; nothing is sent anywhere else."
    >
      <Facts
        facts={[
          { name: 'Version', value: status.version },
          {
            name: 'Runs',
            value: `${status.host === 'electron' ? 'As an app' : 'In a browser'} on ${platformWords[status.platform] ?? status.platform}`,
          },
          { name: 'Licence', value: 'MIT' },
        ]}
      />
    </SettingsGroup>
  );
}
