import type { StarterQuestion } from './starter-question.ts';

export const codeQuality: readonly StarterQuestion[] = [
  {
    slug: 'code-quality-long-function',
    competency: 'code-quality',
    difficulty: 'EASY',
    content:
      'You have to add a small feature to a function that is three hundred lines long, has a vague name and has no tests. What do you do first, and how do you make the change safely?',
    covers: [
      'Understand what it does: read it, run it, look at who calls it and at its history',
      'Pin down present behaviour with a few tests before changing anything',
      'Tidy only as much as the change needs, in small steps such as renaming and extracting parts',
      'Keep tidying and new behaviour in separate commits',
      'Resist the urge to rewrite it all',
    ],
    levels: [
      'Would add the feature wherever it seems to fit and hope, or would rewrite the whole function at once with nothing to check it against.',
      'Mentions tests or tidying in general, but not in a useful order: for example restructures first and writes tests afterwards, or changes behaviour and structure together.',
      'Reads the code and its callers, adds tests around the part to be changed, makes the change in small steps and keeps it reviewable.',
      'Also prepares the ground so that the feature becomes easy to add, keeps tidying apart from new behaviour, and explains how to get a first test around code that is hard to test.',
      'Matches effort to risk: asks how critical the code is and how often it changes, decides how far to go and where to stop, and leaves the function with a better name, tests and a clear seam for the next person.',
    ],
    probes: [
      'The function reads the clock and calls the database directly. How do you get a first test around it?',
      'How do you decide how much tidying belongs in this change?',
    ],
  },
  {
    slug: 'code-quality-repeated-lines',
    competency: 'code-quality',
    difficulty: 'EASY',
    content:
      'You notice nearly the same ten lines of code in three places. What would you consider before pulling them into one shared function?',
    covers: [
      'Whether the three places mean the same thing and will change together, or only look alike',
      'What is really different between them, and whether that fits in a few clear parameters',
      'The danger of a shared function full of flags and special cases',
      'The danger of leaving it: a bug fixed in one place and not in the others',
      'Where the shared function should live and what it should be called',
    ],
    levels: [
      'Says that repetition must always be removed, or that it never matters, with no reason and no look at what the lines do.',
      'Would extract a function for less code, and mentions easier fixes, but does not consider that the three places might need to differ later.',
      'Asks whether the places do the same job and would change together, extracts if so, and names a risk on each side.',
      'Gives a concrete example of lines that look alike by chance, warns about flags creeping into the shared function, and checks the small differences in case one of them is a bug.',
      'Treats it as a decision about coupling: weighs who owns the three places and how hard it is to undo each choice, knows when waiting is wiser, and would also split a shared function again once it has gone wrong.',
    ],
    probes: [
      'Two of the three copies differ in one line. How do you find out whether that is intended?',
      'Have you seen a shared function that should have been left as separate copies? What gave it away?',
    ],
  },
  {
    slug: 'code-quality-comments',
    competency: 'code-quality',
    difficulty: 'EASY',
    content:
      'When do you write a comment in code, and when do you change the code so that it needs no comment? Give an example of each.',
    covers: [
      'Comments explain why: a reason, a constraint, a trap or a link to a decision',
      'Code that needs a comment to say what it does often wants a better name or a smaller function',
      'Comments go stale, and a wrong one is worse than none',
      'Documentation for users of a module is different from remarks inside it',
      'One concrete example of each kind',
    ],
    levels: [
      'Claims that every line should be commented or that comments are always a fault, and gives no example.',
      'Says that comments should be useful or not obvious, but the examples given merely repeat the code, or only one side is covered.',
      'Separates why from what, gives a fitting example of each, such as a workaround explained and a variable renamed, and mentions comments going out of date.',
      'Also distinguishes notes for maintainers from documentation for callers, and describes good use of names, types or tests to say what a comment would have said.',
      'Thinks about the next reader: records the alternatives that were rejected, the conditions under which a workaround can go, and chooses the place with care between comment, commit message, test and design note.',
    ],
    probes: [
      'You find a comment that contradicts the code. What do you do?',
      'What would you put in a commit message rather than in a comment?',
    ],
  },
  {
    slug: 'code-quality-settings-errors',
    competency: 'code-quality',
    difficulty: 'MEDIUM',
    content:
      "A function loads a user's settings from a file. The file may be missing, unreadable or full of nonsense. How would you design what this function gives back in each case, and who should decide what happens next?",
    covers: [
      'The cases differ: a missing file is probably normal on first use, while a damaged one is not',
      'The function reports what happened; a caller with more context decides on defaults, asking the user or stopping',
      'Making failures visible in the signature, by result types or specific exceptions, used consistently',
      'Never silently replacing a damaged file with defaults and then saving over it',
      'Error details that help: which file, which line, what was expected',
      'Checking the content once at the edge, so that the rest of the code can trust it',
    ],
    levels: [
      'Catches everything and returns nothing or defaults, so that a caller cannot tell a first start from a damaged file, or lets any failure crash the program without thought.',
      'Throws or returns an error in all cases but treats them all alike, or mixes styles so that callers must guess what to check.',
      'Distinguishes missing from unreadable and invalid, gives the caller a clear way to tell them apart, and leaves the decision about defaults to the caller.',
      "Also validates the content at this edge into a trusted form, gives messages that help the user repair the file, and points out the danger of saving defaults over the user's damaged settings.",
      'Weighs the styles of reporting errors and the conventions of the code base, considers one bad setting among many good ones and settings from an older version, and keeps policy out of the loading code while making the safe path the easy one.',
    ],
    probes: [
      'Only one of fifty settings is invalid. What should happen?',
      'Where would you log the problem, and where not?',
      'The file was written by a newer version of the program. How do you handle that?',
    ],
  },
  {
    slug: 'code-quality-outside-service',
    competency: 'code-quality',
    difficulty: 'MEDIUM',
    content:
      'Our code calls an outside payment service directly from about thirty places. What problems can that cause, how would you change the design, and where would you stop?',
    covers: [
      'Problems: its terms and data types leak everywhere, it is hard to test, and its changes hit thirty places',
      'Inconsistent handling of timeouts, retries and errors',
      'One module with an interface in our own terms, covering only what we need',
      'Test doubles for our interface, plus a few tests against the real service or its sandbox',
      'Moving the callers over step by step, with something to prevent new direct calls',
      'Not building for imagined other payment services',
    ],
    levels: [
      'Sees no problem as long as it works, or proposes to replace the payment service rather than change our own design.',
      "Suggests a wrapper, but one that merely passes every call through with the vendor's own types, so little is gained; gives no plan for the thirty callers.",
      'Puts the calls behind one interface in our own terms, names testing and change as reasons, handles errors in one place and moves callers over gradually.',
      'Also decides what belongs inside, such as retries, duplicate protection and translating errors, tests the adapter itself against the real thing, and stops new direct calls from appearing.',
      'Argues how much separation is worth paying for: shapes the interface from what callers need, accepts that some traits of payments, such as delayed confirmation, cannot be hidden, and names what is deliberately left out until needed.',
    ],
    probes: [
      'Would you design it so that the payment service could be swapped? Why, or why not?',
      'How do you stop the thirty-first direct call?',
      'Which peculiarities of a payment service should your interface not try to hide?',
    ],
  },
  {
    slug: 'code-quality-impossible-states',
    competency: 'code-quality',
    difficulty: 'MEDIUM',
    content:
      'An order object has five yes-or-no fields, among them paid, shipped and cancelled. Bugs keep appearing in which an order is in a combination that makes no sense. How would you redesign it?',
    covers: [
      'Five yes-or-no fields allow thirty-two combinations, of which only a few are valid',
      'One explicit state, or a few independent ones where the matters really are independent, such as payment and delivery',
      'Transitions in one place that check whether a change is allowed',
      'Data that only exists in some states belongs to those states, such as a shipping date',
      'Moving existing stored orders, including those already in a senseless combination',
      'A constraint in storage as a second line of defence',
    ],
    levels: [
      'Adds checks or comments near each bug, or more yes-or-no fields, leaving the fields free to be set anywhere.',
      'Suggests a single status field, but it can still be set from anywhere, or it forces matters that vary independently into one long list.',
      'Lists the valid states and transitions, replaces the fields with an explicit state and changes it only through functions that check the transition.',
      'Also separates independent matters such as payment and delivery, attaches data to the states in which it exists, and plans the move of stored orders.',
      'Makes senseless orders impossible to build as far as the language allows, finds out with the business which combinations are really wrong, handles partial shipment and refund without bending the model, and repairs the bad records already stored.',
    ],
    probes: [
      'Can an order be both paid and cancelled? How does your design show it?',
      'What do you do with the stored orders that are already in a senseless state?',
    ],
  },
  {
    slug: 'code-quality-rewrite-decision',
    competency: 'code-quality',
    difficulty: 'HARD',
    content:
      'A team wants to rewrite a ten-year-old core service from scratch, because every change to it is slow and risky. How would you decide between rewriting it, replacing it piece by piece and leaving it alone? What would make you change your mind along the way?',
    covers: [
      'What the pain is and where it comes from: code, missing tests, data model, deployment, lost knowledge',
      'What the service must do in future; one that seldom changes may be left alone',
      'Risks of a rewrite: hidden behaviour, a moving target, months without benefit, two systems to run',
      'Piece-by-piece replacement: a seam, routing, comparing old with new, early benefit',
      'Cost in business terms, including the work not done meanwhile',
      'Checkpoints agreed beforehand, with conditions to stop or change course',
    ],
    levels: [
      'Has a fixed opinion that rewrites are always or never right, or chooses by the age of the technology or by what is pleasant to work with.',
      'Knows that rewrites are risky and gradual replacement is safer, but stays with the slogan: no questions about the causes of the pain and no criteria for deciding.',
      'Finds out what makes changes slow, compares the three options on risk, cost and time to first benefit, and usually prefers replacing one part first as a trial.',
      'Also says where the seams might be, how old and new would run side by side and be compared, and sets checkpoints with measures such as time to deliver a change.',
      'Ties the choice to the future of the business, separates problems a rewrite cures from those it would carry over, such as the data model or team habits, names the cases where a rewrite is right, and has explicit conditions for stopping, including finishing half way in good order.',
    ],
    probes: [
      'Half way through, the business asks for a large new feature. In which system do you build it?',
      'What evidence would persuade you that a full rewrite is right?',
      'How would you find the behaviour that nobody remembers but customers rely on?',
    ],
  },
  {
    slug: 'code-quality-shared-framework',
    competency: 'code-quality',
    difficulty: 'HARD',
    content:
      'Two years ago your team built an internal framework that five other teams now use. It has become the main reason their work is slow, yet each team depends on a different part of it. What would you do?',
    covers: [
      'Find out from the teams, with evidence, where it slows them down',
      'Separate what is truly shared from what was bundled in',
      'Options: split into small libraries, make parts optional, hand parts back to teams, freeze or retire',
      'A way out that lets each team move at its own pace, with the cost of moving shared fairly',
      'Compatibility while moving: versions, notice, tools for migration',
      'What allowed it to happen: ownership, incentives, contributions, when to share code at all',
    ],
    levels: [
      'Defends the framework, blames the teams for misusing it, or announces a new version that all must adopt, without asking what hurts.',
      'Proposes better documentation, performance work or a bigger second version, and treats the five teams as one with the same needs.',
      'Talks with each team, finds the parts that cause most trouble, splits or loosens those first and gives the teams a supported way to move.',
      'Also decides part by part whether to keep, split, hand over or retire, keeps old and new working together meanwhile, and measures whether the teams become faster.',
      'Owns the original mistake openly, gives choice back to the teams while protecting what must stay common, such as security, sets an end date with help to reach it, and changes how shared code is started and owned so that it does not happen again.',
    ],
    probes: [
      'One team says it has no time to move, ever. What do you do?',
      'Which parts, if any, would you insist on keeping common?',
      'How will you know after half a year that it was worth it?',
    ],
  },
];
