import { Button } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useState } from 'react';
import type { Candidate } from '../../../shared/contract/candidates.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { SavePersonDialog } from '../personal-data/SavePersonDialog.tsx';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';

/** What a candidate may ask for, and an admin does: to be handed everything. */
export function CandidateData({ candidate }: { candidate: Candidate }) {
  const { role } = usePerson();
  const [saving, setSaving] = useState(false);
  if (role !== 'ADMIN') return null;
  return (
    <SettingsGroup
      title="Their data"
      lead={`Everything of ${candidate.name} as one file, to hand to them. Erasing them is under People.`}
    >
      <Button variant="default" leftSection={<IconFileZip size={16} />} onClick={() => setSaving(true)}>
        Save all that is theirs
      </Button>
      {saving && <SavePersonDialog person={candidate} onClose={() => setSaving(false)} />}
    </SettingsGroup>
  );
}
