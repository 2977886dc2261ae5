import { Switch } from '@mantine/core';
import { useAct } from '../../lib/queries.ts';
import { useAppStatus } from '../database/app-status.ts';

/** Whether people may register themselves: one fact, shown where people are looked after and among the policies. */
export function SelfRegistrationSwitch({ className }: { className?: string }) {
  const { data: status } = useAppStatus();
  const allow = useAct('people.setSelfRegistration', { changes: ['app.status'] });
  const shown =
    allow.isPending && allow.variables ? allow.variables.allowed : (status?.selfRegistration ?? false);
  return (
    <Switch
      className={className}
      label="People may create an account themselves"
      description="As candidates. When this is off, admins invite people, and interviewers add candidates."
      checked={shown}
      onChange={(event) => allow.mutate({ allowed: event.currentTarget.checked })}
    />
  );
}
