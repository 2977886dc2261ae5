/**
 * What levels 1–5 look like, in order, as a beginning for a kit's rubric: behaviour that can be seen and heard, for each
 * competency of the starter library.
 */
const anchorsByCompetency: Readonly<Record<string, readonly string[]>> = {
  algorithms: [
    'Finds no approach that works, or cannot follow one that is explained.',
    'Finds an approach that works with much help; cannot say what it costs.',
    'Finds one that works alone, says what it costs in time and space, and tests it on an example.',
    'Weighs several by their cost, handles the edge cases unasked, and improves the first idea.',
    'Sees what makes the problem hard, proves the choice is right, and says when another would be better.',
  ],
  'code-quality': [
    'Code works by accident, if it does; names and structure hide what it is for.',
    'Code works, but is hard to change: long functions, unclear names, rules in several places.',
    'Clear names, small functions, one place for each rule; explains why it is laid out so.',
    'Sees which changes will come and keeps them cheap, without building for what may never come.',
    'Makes a tangled design simple in safe steps, and says what was gained and what was given up.',
  ],
  'system-design': [
    'Names products rather than solving the problem; parts do not fit together.',
    'Gives one design without asking what it must bear; misses what happens when a part fails.',
    'Asks for the load and the limits, gives parts with clear tasks, and says what happens when each fails.',
    'Weighs alternatives by numbers, names the bottleneck and the next one, and plans how it grows.',
    'Finds the decision that everything hangs on, makes it with reasons, and plans how to go there and back.',
  ],
  databases: [
    'Cannot lay out the data, or believes that the database sees to everything by itself.',
    'Lays out simple data; does not know what makes a query slow or two changes collide.',
    'Lays out data with keys and constraints, reads a query plan, and uses transactions where they are needed.',
    'Picks indexes and isolation by what the load needs, and changes a schema in use without an outage.',
    'Weighs kinds of stores and consistency by what the business can bear, and says how to verify the choice.',
  ],
  concurrency: [
    'Does not see that two things at once can disturb one another.',
    'Knows that races exist, and guards by locking everything or by hoping.',
    'Finds the race, guards just what is shared, and explains why it cannot deadlock.',
    'Picks between locks, queues and immutability by the case, and knows how each fails under load.',
    'Designs so that the race cannot happen, and shows by tests or reasoning that it holds.',
  ],
  networking: [
    'Cannot say what happens between a request and its answer.',
    'Knows the terms, and treats the network as if it never failed.',
    'Explains a request end to end; uses time-outs, retries and status codes with sense.',
    'Designs interfaces that can change and be retried safely; finds a fault from what the wire shows.',
    'Foresees how parts fail together, and limits it: back-off, load shedding, versions that live side by side.',
  ],
  testing: [
    'Tries things by hand, changes code until it seems to work.',
    'Tests the usual case only; debugs by guessing.',
    'Tests edges and failures; debugs by halving the space, one finding at a time.',
    'Picks the kind of test by the risk, and keeps a suite quick and trustworthy.',
    'Makes whole kinds of faults impossible or seen at once, and finds causes that others have given up on.',
  ],
  operations: [
    'Has no idea how the software runs once it is delivered.',
    'Restarts things and hopes; learns of trouble from users.',
    'Finds out from logs and metrics what is wrong, limits the harm first, then mends the cause.',
    'Alerts on what users feel, rehearses going back, and writes down what was learnt without blame.',
    'Decides by numbers how reliable is enough, and designs so that a fault stays small.',
  ],
  security: [
    'Does not see the danger, or thinks that somebody else sees to it.',
    'Knows names of attacks, and guards at one place only.',
    'Asks who could gain what, checks every input and right at the server, and keeps secrets out of code.',
    'Limits what a break-in can reach, and weighs safety against use with reasons.',
    'Finds the attack that nobody has thought of, and makes the safe way the easy one for a whole team.',
  ],
  collaboration: [
    'Speaks of others with contempt, or cannot name a case in which they worked with anybody.',
    'Stays general: “we” did it; their own part remains unclear.',
    'Tells of a real case, their own part in it, and what came of it.',
    'Took the other side’s view seriously, changed something because of it, and can say what they learnt.',
    'Made others better: solved the disagreement at its root, and it stayed solved.',
  ],
};

const usual: readonly string[] = [
  'Shows nothing of it, even when helped.',
  'Shows beginnings, with much help; important parts are missing or wrong.',
  'Does what the level asks for, alone and soundly.',
  'Goes beyond it: weighs alternatives, foresees trouble, explains why.',
  'Stands out: finds what others miss, and makes it simple for them.',
];

export function usualAnchors(competency: string): string[] {
  return [...(anchorsByCompetency[competency] ?? usual)];
}
