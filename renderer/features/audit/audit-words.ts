import { roleWords, signInWords } from '../../lib/words.ts';

/** What was done, in the past tense, before the name of whom it was done to. */
const actionWords: Record<string, string> = {
  'accounts.createFirst': 'set up Parley',
  'accounts.useCode': 'set a password with a code',
  'people.invite': 'invited',
  'people.create': 'added',
  'people.changeRole': 'changed the role of',
  'people.setState': 'enabled or disabled',
  'people.resetPassword': 'reset the password of',
  'people.setEmailVerified': 'marked the email of',
  'people.setSelfRegistration': 'set whether people may register',
  'policies.setPasswords': 'changed the rules for passwords',
  'policies.setSignIn': 'changed the limits for signing in',
  'retention.saveRule': 'saved the rule',
  'retention.removeRule': 'removed the rule',
  'retention.keep': 'set whether to keep',
  'retention.run': 'applied the rules of',
  'database.use': 'changed which database is used',
  'database.copy': 'copied everything to another database',
  'database.migrate': 'upgraded the database to',
  'migrations.revert': 'reverted the upgrade',
  'backups.make': 'made the backup',
  'backups.restore': 'restored the backup',
  'backups.remove': 'removed the backup',
  'backups.configure': 'changed which backups are kept',
  'erasure.erase': 'erased',
  'personalData.save': 'saved all that is there of',
  'personalData.saveOwn': 'saved their own data',
  'health.retryJob': 'tried a failed job again',
  'health.dismissJob': 'dismissed a failed job',
  'candidates.create': 'added the candidate',
  'candidates.invite': 'gave a code to',
};

/** An act that has no words here yet, by its name: `database.migrate` is "database: migrate". */
export function wordsOfAction(action: string): string {
  return (
    actionWords[action] ??
    action
      .replace('.', ': ')
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
  );
}

/** What was there before and after, each part in a line; parts that did not change are left out. */
export function changedParts(from: unknown, to: unknown): { name: string; from: string; to: string }[] {
  const before = asParts(from);
  const after = asParts(to);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ name, from: valueWords(before[name]), to: valueWords(after[name]) }))
    .filter((part) => part.from !== part.to);
}

function asParts(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { value };
}

const valueNames: Record<string, string> = { ...roleWords, ...signInWords, ACTIVE: 'Enabled' };

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? (valueNames[value] ?? value) : JSON.stringify(value);
}
