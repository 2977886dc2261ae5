import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { IconFileCertificate, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count, formatMoment } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { consentChanges, consentTextPath } from './consent-acts.ts';
import { InterviewersOnly } from './InterviewersOnly.tsx';
import classes from './KitList.module.css';
import { BackToKits } from './KitScreen.tsx';
import bar from './KitsScreen.module.css';

export function ConsentTextsScreen() {
  return (
    <InterviewersOnly>
      <Texts />
    </InterviewersOnly>
  );
}

function Texts() {
  const [archived, setArchived] = useState(false);
  const { data: texts, error, refetch } = useOperation('consentTexts.list', { archived });
  const archive = useAct('consentTexts.archive', { changes: consentChanges });
  const restore = useAct('consentTexts.restore', { changes: consentChanges });
  return (
    <Page>
      <PageHeader
        title="Consent texts"
        eyebrow={<BackToKits />}
        lead="What candidates are asked to agree to before anything is recorded. What somebody agreed to never changes: a change is a new version."
        actions={
          <Button component={Link} to="/kits/consent-texts/new" leftSection={<IconPlus size={16} />}>
            New text
          </Button>
        }
      />
      <div className={bar.bar}>
        <SegmentedControl
          aria-label="Which texts"
          value={archived ? 'archived' : 'used'}
          onChange={(value) => setArchived(value === 'archived')}
          data={[
            { value: 'used', label: 'In use' },
            { value: 'archived', label: 'Archived' },
          ]}
        />
      </div>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {texts?.length === 0 && (
        <EmptyState
          icon={IconFileCertificate}
          title={archived ? 'Nothing is archived' : 'No consent text yet'}
        >
          {!archived && 'Without one, interviews are held without recording.'}
        </EmptyState>
      )}
      {texts && texts.length > 0 && (
        <ul className={classes.list} aria-label="Consent texts">
          {texts.map(({ name, version, changedAt, changedBy, kits }) => (
            <li key={name} className={classes.item}>
              <Anchor component={Link} to={consentTextPath(name)} className={classes.row} underline="never">
                <span className={classes.what}>
                  <span className={classes.name}>{name}</span>
                  <span className={classes.details}>
                    {kits === 0
                      ? 'No kit asks for it'
                      : `${count(kits, 'kit')} ${kits === 1 ? 'asks' : 'ask'} for it`}
                  </span>
                </span>
                <span className={classes.changed}>
                  <span>Version {version}</span>
                  <span className={classes.details}>
                    {formatMoment(changedAt)} · {changedBy?.name ?? 'Parley'}
                  </span>
                </span>
              </Anchor>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${archived ? 'Restore' : 'Archive'} ${name}`}
                onClick={() => (archived ? restore : archive).mutate({ name })}
              >
                {archived ? 'Restore' : 'Archive'}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
