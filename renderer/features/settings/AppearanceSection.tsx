import { type MantineColorScheme, Radio, Stack, useMantineColorScheme } from '@mantine/core';
import { SettingsGroup } from './SettingsGroup.tsx';

const schemes: readonly { value: MantineColorScheme; label: string; description: string }[] = [
  {
    value: 'auto',
    label: 'As the system',
    description: 'Light by day and dark by night, if that is how yours is set.',
  },
  { value: 'light', label: 'Light', description: 'Always dark on light.' },
  { value: 'dark', label: 'Dark', description: 'Always light on dark.' },
];

export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SettingsGroup
      title="Appearance"
      lead="For this machine. Motion is reduced where your system asks for it."
    >
      <Radio.Group
        aria-label="Colours"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        <Stack gap="sm">
          {schemes.map(({ value, label, description }) => (
            <Radio key={value} value={value} label={label} description={description} />
          ))}
        </Stack>
      </Radio.Group>
    </SettingsGroup>
  );
}
