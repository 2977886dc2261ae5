/** The times that can be chosen, ms as text, all within `practiceLimits`. */

export const thinkTimes = [
  { value: '0', label: 'None: starts at once' },
  { value: '15000', label: '15 seconds' },
  { value: '30000', label: '30 seconds' },
  { value: '60000', label: '1 minute' },
  { value: '120000', label: '2 minutes' },
  { value: '300000', label: '5 minutes' },
];

export const answerTimes = [
  { value: '30000', label: '30 seconds' },
  { value: '60000', label: '1 minute' },
  { value: '120000', label: '2 minutes' },
  { value: '180000', label: '3 minutes' },
  { value: '300000', label: '5 minutes' },
  { value: '600000', label: '10 minutes' },
  { value: '1200000', label: '20 minutes' },
];
