import { describe, expect, it } from 'vitest';
import { filtersFromParameters, filtersToInput, filtersToParameters } from './filters.ts';

function read(query: string) {
  return filtersFromParameters(new URLSearchParams(query));
}

describe('the filters in the address', () => {
  it('survive the way there and back', () => {
    const query = 'status=COMPLETED&level=SENIOR&from=2026-03-01&until=2026-03-31&sort=OLDEST&deleted=yes';
    expect(new URLSearchParams(filtersToParameters(read(query))).size).toBe(6);
    expect(read(new URLSearchParams(filtersToParameters(read(query))).toString())).toEqual(read(query));
  });

  it('are left out of it while they are the usual ones', () => {
    expect(filtersToParameters(read(''))).toEqual({});
  });

  it('are ignored where they make no sense', () => {
    expect(read("status=GONE&level=&from=2026-02-45&until=yesterday&sort=';DROP&deleted=maybe")).toEqual(
      read(''),
    );
  });
});

describe('what main is asked', () => {
  it('takes both days in whole, by the calendar of this place', () => {
    const { from, until } = filtersToInput(read('from=2026-03-29&until=2026-03-29'));
    expect(from).toBe(new Date(2026, 2, 29).toISOString());
    expect(until).toBe(new Date(2026, 2, 30).toISOString());
  });
});
