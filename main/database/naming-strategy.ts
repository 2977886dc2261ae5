import { DefaultNamingStrategy } from 'typeorm';

/**
 * Names what decorators cannot: the unique constraint of a one-to-one relation, which would otherwise be a hash.
 * Everything else is named where it is declared.
 */
export class NamingStrategy extends DefaultNamingStrategy {
  override relationConstraintName(tableOrName: { name: string } | string, columnNames: string[]): string {
    const table = typeof tableOrName === 'string' ? tableOrName : tableOrName.name;
    return `${table}_${columnNames.join('_')}_key`;
  }
}
