import { passwordRuleWords, usualPasswordRules } from '../../../shared/model/policies.ts';
import { useOperation } from '../../lib/queries.ts';

/** What a new password has to be, said before anything is typed. */
export function usePasswordHint(): string {
  const { data: rules } = useOperation('policies.passwordRules');
  // Until the database is open nobody has chosen others.
  return passwordRuleWords(rules ?? usualPasswordRules);
}
