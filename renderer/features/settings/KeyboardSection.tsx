import { Switch } from '@mantine/core';
import { ShortcutTable } from '../../app/shell/ShortcutTable.tsx';
import { usePreferences } from '../../stores/preferences.ts';
import { SettingsGroup } from './SettingsGroup.tsx';

export function KeyboardSection() {
  const on = usePreferences((preferences) => preferences.characterShortcuts);
  const set = usePreferences((preferences) => preferences.setCharacterShortcuts);
  return (
    <>
      <SettingsGroup title="Keyboard">
        <Switch
          checked={on}
          onChange={(event) => set(event.currentTarget.checked)}
          label="Shortcuts of single keys"
          description="Turn them off if you type by voice, or press keys by accident. Everything can be reached without them."
        />
      </SettingsGroup>
      <SettingsGroup title="Shortcuts">
        <ShortcutTable />
      </SettingsGroup>
    </>
  );
}
