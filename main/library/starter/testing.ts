import type { StarterQuestion } from './starter-question.ts';

export const testing: readonly StarterQuestion[] = [
  {
    slug: 'testing-parking-price',
    competency: 'testing',
    difficulty: 'EASY',
    content:
      'You have written a function that works out the price of a parking stay from the time of arrival and the time of departure. Which cases would you test, and why these?',
    covers: [
      'Ordinary stays with the expected price',
      'The edges of the tariff: exactly one hour, just under and just over',
      'Zero length, and departure before arrival',
      'Staying past midnight, over several days, and when the clocks change',
      'Any cap or free period, and how amounts are rounded',
      'Each case has a reason; few well-chosen cases rather than many alike',
    ],
    levels: [
      'Tests one or two ordinary stays, or says "many random values", with no reason for the choice.',
      'Has several ordinary stays and one invalid input, but misses the edges at which the price changes.',
      'Covers ordinary stays, both sides of a price step, zero or reversed times and a stay past midnight, with reasons.',
      'Also covers clock changes, caps and rounding, asks for the rules where the task leaves them open, and avoids tests that say the same thing twice.',
      'Groups the inputs into kinds and picks the edges between them, adds rules that must hold for all stays, such as a longer stay never being cheaper, and turns unclear rules into questions before turning them into tests.',
    ],
    probes: [
      'What should happen when the departure is before the arrival?',
      'Is there a rule that should hold for every possible stay?',
    ],
  },
  {
    slug: 'testing-sometimes-does-nothing',
    competency: 'testing',
    difficulty: 'EASY',
    content:
      'A user reports that the export button sometimes does nothing. You try it, and it works. What do you do next?',
    covers: [
      'Ask for details: when, which data, which device and version, what "nothing" looks like',
      'Look for traces: logs, error reports, the time of the failed attempt',
      'Vary what might matter: large data, slow network, double click, permissions, a particular browser',
      'Form a guess and try to prove or disprove it',
      'Add logging or a message if there is nothing to go on',
      'Keep the user informed, and make a failure visible rather than silent',
    ],
    levels: [
      'Closes the report as not reproducible, or starts changing code on a hunch.',
      'Tries a few more times and asks the user for a general description, but has no plan beyond waiting for it to happen again.',
      'Asks pointed questions, checks the logs for the time of the failure, and varies likely conditions one at a time.',
      'Also reasons from "nothing happens" to possible causes, such as a swallowed error or a blocked pop-up, and adds logging that would settle it next time.',
      'Compares failed with successful attempts across all users to find what they share, treats the silence itself as a fault to be fixed, confirms the cure with the user, and leaves a test behind.',
    ],
    probes: [
      'The logs show nothing for that moment. What does that tell you?',
      'How would you know that your fix has worked?',
    ],
  },
  {
    slug: 'testing-unit-or-integration',
    competency: 'testing',
    difficulty: 'EASY',
    content:
      "What is the difference, for you, between a unit test and an integration test? For code that works out an order's total and saves the order in a database, what would you test with which kind?",
    covers: [
      'A unit test checks one piece by itself; an integration test checks that pieces work together',
      'Unit tests for the rules of the total: discounts, rounding, empty orders',
      'Integration tests for saving and loading against a real database of the same kind',
      'Trade-offs: speed, ease of finding the fault, realism',
      'More of the quick ones and fewer of the slow ones, without dogma about numbers',
      'Splitting calculation from saving makes testing easier',
    ],
    levels: [
      'Cannot tell the two apart beyond the names, or would only test by clicking through the program.',
      'Gives a rough definition, but would test the whole order example with one kind, for example everything through the database.',
      'Defines both usefully, tests the rules with unit tests and the saving with a real database, and gives speed and realism as reasons.',
      'Also separates calculation from saving to make this easy, and says what a replaced database would fail to reveal, such as wrong queries or constraints.',
      'Cares more about what each test can reveal than about its name, puts each risk in the cheapest test that would catch it, keeps database tests independent of each other, and says what is not worth testing.',
    ],
    probes: [
      'What could go wrong that your unit tests can never show?',
      'How do you keep database tests from disturbing one another?',
    ],
  },
  {
    slug: 'testing-flaky-suite',
    competency: 'testing',
    difficulty: 'MEDIUM',
    content:
      'About one in twenty runs of your test suite fails for no clear reason, and people just run it again. How would you deal with it?',
    covers: [
      'The real cost: lost time, lost trust, and real faults being waved through',
      'Collecting data on which tests fail, how often and under what conditions',
      'Common causes: time and waiting, order and shared data, network, randomness, real races in the product',
      'Setting unstable tests aside visibly, with an owner and a limit, rather than rerunning blindly',
      'Fixing causes, such as waiting for a condition in place of a pause',
      'Some flaky tests reveal true faults in the product',
    ],
    levels: [
      'Accepts rerunning as normal, or deletes or skips the failing tests without looking.',
      'Adds automatic reruns or longer pauses, and would look into a test when there is time, without finding out which ones fail or why.',
      'Records which tests fail, sets the worst aside visibly, investigates common causes such as shared data and timing, and fixes them one by one.',
      'Also makes failures easy to reproduce, for instance by recording the order and seed and running one test many times, and treats a flaky test as a possible fault of the product.',
      'Changes what the team does: a rule with owners and limits for tests set aside, a measured rate of false failures, building blocks that make stable tests the easy way, and judgement about which tests are not worth keeping.',
    ],
    probes: [
      'A test fails only when the full suite runs. What do you suspect?',
      'How do you tell a badly written test from a real race in the product?',
    ],
  },
  {
    slug: 'testing-mocks-everywhere',
    competency: 'testing',
    difficulty: 'MEDIUM',
    content:
      "A team's tests all pass, yet releases often break because the parts do not fit together. Nearly every test replaces the surrounding parts with mocks. What is going wrong, and what would you change?",
    covers: [
      'Mocks state what the author believes about the other part, and beliefs go out of date',
      'Tests tied to inner calls break on harmless changes and pass on harmful ones',
      'Using real parts where they are quick and predictable',
      'Tests across real boundaries: database, messages, other services',
      'Agreed contracts checked on both sides, or a shared fake that is itself tested',
      'A few whole-path tests for the most important journeys',
    ],
    levels: [
      'Wants more of the same tests or higher coverage, or blames the developers for carelessness.',
      'Sees that mocks are the problem and wants to ban them, or puts everything into slow tests of the whole system, without weighing the cost.',
      'Explains that mocks only confirm assumptions, replaces them with real parts where practical, and adds tests at the boundaries that broke.',
      'Also uses contracts or tested fakes between services, keeps mocks for what is slow or hard to provoke, such as failures, and checks outcomes rather than calls.',
      'Starts from the releases that broke and asks which test would have caught each one, changes the design so that logic needs few replacements, keeps the suite quick, and moves step by step rather than rewriting all tests.',
    ],
    probes: [
      'When is a mock the right choice?',
      'Two services are owned by different teams. How do you test that they fit?',
      'You can add only five tests this month. Which ones?',
    ],
  },
  {
    slug: 'testing-slow-report',
    competency: 'testing',
    difficulty: 'MEDIUM',
    content:
      "Since last week's release, a report takes thirty seconds instead of three. About two hundred changes went into that release. How would you find the cause?",
    covers: [
      'Reproduce it and measure reliably, with the same data',
      'Check whether it really is the release: data growth, load, configuration or machines may have changed as well',
      'Halve the list of changes repeatedly, about eight steps, automated if possible',
      'Profile or trace old and new side by side',
      'Compare query plans, numbers of calls and amounts of data',
      'Confirm by reverting the one change, and add a guard against a repeat',
    ],
    levels: [
      'Reads through all the changes in order, or starts to optimise the report, without a way to know which change matters.',
      'Looks at changes that seem related and guesses, measuring little, or assumes that the release must be to blame.',
      'Reproduces the slowness, then halves the range of changes or profiles both versions, and confirms by undoing the suspected change.',
      'Also checks for other things that changed at the same time, uses both methods where they are strongest, and handles versions that do not build or noisy measurements.',
      'Decides first whether to roll back for users, picks the quickest way to split the possibilities at each step, explains why that change slows the report, and adds a check with a realistic amount of data.',
    ],
    probes: [
      'The old version is now just as slow. What does that tell you?',
      'Roughly how many steps does halving take here, and what can spoil it?',
    ],
  },
  {
    slug: 'testing-weekly-freeze',
    competency: 'testing',
    difficulty: 'HARD',
    content:
      'Once or twice a week, one of your forty servers stops answering until it is restarted, never the same one. The logs show nothing useful. How would you approach this?',
    covers: [
      'Restore service, but secure evidence before restarting: thread and memory snapshots, open connections, system state',
      'Prepare for the next occurrence: automatic capture, extra measurements, a way to take one server out while keeping it alive',
      'Look for what the occurrences share: time, uptime, kind of request, load, version, neighbours',
      'Hypotheses to tell apart: deadlock, exhausted pool, memory, endless loop, system limits, one poisonous request',
      'Provoking it under test, for example with recorded traffic',
      'Limiting harm meanwhile, with health checks and automatic replacement, without losing the evidence',
    ],
    levels: [
      'Schedules regular restarts or adds servers and considers it dealt with, or reads code hoping to find the fault.',
      'Adds general logging and waits, or restarts at once each time and so loses the evidence.',
      'Captures the state of a frozen server before restarting, compares occurrences, and tests named suspects such as a deadlock or an exhausted pool.',
      'Also has capture ready and automatic, lists what each suspect would look like in the evidence, limits harm to users meanwhile, and tries to provoke it.',
      'Designs each step so that even a failure to find the cause rules something out, uses the rate of occurrence to judge when a fix has really worked, notes why the logs are silent, and knows when containment is the better use of time.',
    ],
    probes: [
      'You have two minutes before the server must be restarted. What do you collect?',
      'After your change nothing happens for a week. Are you done?',
      'What does it tell you that it is never the same server?',
    ],
  },
  {
    slug: 'testing-replace-pricing',
    competency: 'testing',
    difficulty: 'HARD',
    content:
      'You are replacing the engine that works out insurance prices with a new implementation. Prices must stay correct, and nobody knows all the rules of the old one. How would you gain confidence before, during and after the switch?',
    covers: [
      'What "correct" means: the same as the old engine, the same as the contract, and what to do where these differ',
      'Comparing old and new on recorded cases, chosen to cover rare combinations',
      'Running the new engine in the shadow of the old on live requests',
      'Sorting the differences: fault in the new, fault in the old, intended',
      'General rules and generated cases, such as a lower risk never costing more',
      'Gradual switch with limits, monitoring of results and a way back; prices already quoted',
    ],
    levels: [
      'Relies on unit tests written from the specification and a test phase before the switch, taking the specification to be complete.',
      'Would compare old and new on some examples, without saying how cases are chosen, what happens with differences, or how to switch safely.',
      'Compares both on many recorded cases and in the shadow on live traffic, explains the differences, and switches gradually with a way back.',
      'Also picks cases to reach rare rules, has differences decided by people who know the business, tests general rules with generated input, and watches outcomes after the switch.',
      'Treats the old engine as evidence and not as truth, sets in advance how much unexplained difference is acceptable and who signs for it, considers dates, rounding and quotes under way, and turns what is learnt into a record of the rules.',
    ],
    probes: [
      'Old and new differ by the smallest possible amount in one case out of a thousand. What do you do?',
      'You find that the old engine has been wrong for years. What then?',
      'How do you cover combinations that have not occurred in the recorded cases?',
    ],
  },
];
