import type { StarterQuestion } from './starter-question.ts';

export const algorithms: readonly StarterQuestion[] = [
  {
    slug: 'algorithms-duplicate-emails',
    competency: 'algorithms',
    difficulty: 'EASY',
    content:
      'You have a list of a few million email addresses in memory and want to know whether any address appears more than once. Describe two different ways to find out, and say when you would prefer each.',
    covers: [
      'One pass with a hash set: time grows in step with the list, at the price of extra memory',
      'Sorting and comparing neighbours: somewhat slower, but it can need very little extra memory',
      'Why comparing every address with every other is hopeless at this size',
      'Stopping as soon as the first duplicate is found',
      'Sorting either disturbs the order of the list or needs a copy of it',
      'What counts as the same address, for example upper and lower case',
    ],
    levels: [
      'Offers only comparing every address with every other, or nothing that works, and does not see that millions of entries make this impractical.',
      'Names one workable approach, usually the hash set, but cannot say what it costs in time or memory and has no real second approach.',
      'Describes both the hash set and sorting with roughly the right cost of each, and prefers one for a stated reason such as memory or speed.',
      'Also raises details that change the answer, such as stopping at the first duplicate, sorting disturbing the list, or addresses that differ only in case.',
      'Lets the situation decide: asks how much memory there is, how often the check runs and what counts as equal. Adds a sound option for other conditions, such as splitting the list by hash when it does not fit, or checking each address as it is added.',
    ],
    probes: [
      'What would you do if the list did not fit into memory?',
      'How would your answer change if you had to list every duplicate rather than just know that there is one?',
    ],
  },
  {
    slug: 'algorithms-basket-lookup',
    competency: 'algorithms',
    difficulty: 'EASY',
    content:
      'A shopping basket is kept in memory. You need to show its items in the order they were added, and you often need to find one item by its product number. How would you store the items, and why?',
    covers: [
      'A map keyed by product number finds an item in roughly constant time',
      'A list keeps the order, but finding an item means walking through it',
      'Combining the two, or using a map that remembers the order of insertion',
      'What removing an item, or adding the same product again, does to the order and the cost',
      'A basket is small, so a plain list may well be enough',
    ],
    levels: [
      'Picks a structure without linking it to the two needs, or one that loses the order of the items with no way to get it back.',
      'Picks a list or a map that meets one of the two needs and overlooks the other, or believes that finding an item in a long list costs nothing.',
      'Meets both needs, for example with a map plus a list of product numbers or a map that keeps insertion order, and explains what a lookup costs.',
      'Also walks through removing an item and adding the same product twice, and says how the order is kept right and two structures are kept in step.',
      'Remarks that a basket holds few items, so a simple list is probably fast enough, and says at what size or rate of use that would change. Hides the choice behind a small interface so that it can be changed later.',
    ],
    probes: [
      'What should happen when the same product is added a second time?',
      'How many items would there have to be before your choice made a difference?',
    ],
  },
  {
    slug: 'algorithms-search-sorted-log',
    competency: 'algorithms',
    difficulty: 'EASY',
    content:
      'Ten million log entries are held in memory, sorted by time. How would you find the first entry at or after a given time without reading them all? Roughly how many entries would you have to look at?',
    covers: [
      'Look at the middle entry, discard the half that cannot hold the answer, and repeat',
      'About 24 looks, because each one halves what is left',
      'With several equal times, carry on until the first of them is found',
      'Edge cases: no entries at all, or every entry is earlier than the given time',
      'It depends on the entries being sorted and on reaching any entry directly',
    ],
    levels: [
      'Proposes reading from the start, or makes no use of the fact that the entries are sorted.',
      'Suggests halving the range but is vague about which half to keep or when to stop, or believes that the number of looks grows in proportion to the number of entries.',
      'Explains binary search clearly, estimates twenty to thirty looks with a reason, and says that the entries must be sorted.',
      'Handles "first at or after" properly: does not stop at just any entry with an equal time, and says what is returned when every entry is earlier.',
      'Says what stays true at every step, for example that everything to the left of the range is too early, so that correctness is plain. Also recognises when the method fits badly, such as slightly disordered entries or a file on disk that is read in blocks.',
    ],
    probes: [
      'Several entries have exactly the time you are looking for. Does your method find the first of them?',
      'What would you do if a few entries were slightly out of order?',
    ],
  },
  {
    slug: 'algorithms-top-hundred',
    competency: 'algorithms',
    difficulty: 'MEDIUM',
    content:
      'Events with a score arrive all day, far too many to keep. At any moment you must be able to show the hundred highest-scoring events seen so far. How would you do it, and what does each new event cost you?',
    covers: [
      'Keep only a hundred events, arranged so that the lowest of them is at hand, for example in a min-heap',
      'Compare each new event with the lowest one kept; most are rejected by that single comparison',
      'A replacement costs a few steps, growing with the logarithm of the number kept',
      'Sort the hundred only when they are shown',
      'A rule for equal scores',
      'Several machines can each keep their own hundred, to be merged afterwards',
    ],
    levels: [
      'Keeps every event and sorts when asked, although the question says they cannot all be kept, or proposes something that drops events belonging in the result.',
      'Keeps a hundred events but re-sorts them for every arrival without remarking on the cost, or keeps the highest at hand and so has no quick way to find the one to drop.',
      'Keeps a hundred with the lowest at hand, compares each new event with it, replaces it when beaten, and gives the cost of a new event correctly.',
      'Also sees that in the usual case almost every event is rejected by one comparison while steadily rising scores are the worst case, and deals with equal scores and sorting for display.',
      'Extends the idea correctly: merges the results of several machines, and explains why dropping an event is safe for "so far" but not for "in the last hour" or for scores that change, and what would have to be kept then.',
    ],
    probes: [
      'The events are spread over ten machines. How do you get the overall hundred?',
      'What changes if it has to be the top hundred of the last hour?',
      'What happens if the scores keep rising through the day?',
    ],
  },
  {
    slug: 'algorithms-task-order',
    competency: 'algorithms',
    difficulty: 'MEDIUM',
    content:
      'A build tool has a list of tasks, and each task names the tasks that must finish before it can start. How would you work out an order in which to run them? What would you do when the list contains mistakes?',
    covers: [
      'Treat the tasks as a directed graph and sort it topologically',
      'A way to do it: repeatedly take tasks with nothing left to wait for, or a depth-first walk',
      'Cost in proportion to the number of tasks plus dependencies',
      'A cycle is detected and reported with the tasks on it, not just as "failed"',
      'A dependency on a task that does not exist, or a task listed twice',
      'Independent tasks can run at the same time',
    ],
    levels: [
      'Suggests running the tasks in the order given, or sorting by how many dependencies each has, and does not see why that can break.',
      'Has the right instinct of running tasks whose dependencies are done, but by rescanning the list with no thought for cost, and cycles come up only when prompted, if at all.',
      'Describes a topological sort in workable steps, explains how a cycle shows itself, and refuses to run when there is one.',
      'Also gives the cost, reports the tasks that form the cycle, handles names that do not exist, and notes which tasks may run side by side.',
      "Thinks like the tool's author: a stable order so that builds repeat, longest chain first when running in parallel, what to do with the rest when one task fails, and all mistakes reported at once in words a user can act on.",
    ],
    probes: [
      'How would you tell the user where the cycle is?',
      'You have eight processors. How would you use them well?',
      'One task fails halfway through. What happens to the others?',
    ],
  },
  {
    slug: 'algorithms-least-recently-used',
    competency: 'algorithms',
    difficulty: 'MEDIUM',
    content:
      'You are building an in-memory cache that holds at most ten thousand entries and, when full, drops the one that has gone unused the longest. How would you make both reading and adding fast? And when is that rule for dropping entries a poor choice?',
    covers: [
      'A map for lookup combined with a doubly linked list in order of use',
      'Reading an entry moves it to the front; adding to a full cache drops the one at the back',
      'Both operations take constant time, and why a plain list or stored timestamps alone would not',
      'Reads change the order, so access from several threads needs care',
      'Poor fit: a one-off scan through many entries pushes out the useful ones',
      'Alternatives such as frequency of use, time limits or an approximate order',
    ],
    levels: [
      'Offers a plain map with no way to tell which entry to drop, or drops entries at random or by age of insertion while believing that this is the rule asked for.',
      'Stores a time of last use with each entry and searches all of them when full, and does not see or cannot improve on the cost of the search.',
      'Combines a map with a linked list, or uses a map that keeps its order, explains what happens on read and on add, and gives one case where the rule works badly.',
      'Also explains why the list must be doubly linked, that reading writes to the structure and so matters for threads, and describes the one-off scan as a concrete weakness with a remedy.',
      'Weighs real options: approximate order by sampling, separate sections for new and proven entries, counting frequency, limits by size in bytes. Would measure the hit rate on real traffic before making it more complicated.',
    ],
    probes: [
      'Many threads read the cache at once. What becomes the bottleneck?',
      'Entries differ greatly in size. What would you change?',
    ],
  },
  {
    slug: 'algorithms-distinct-visitors',
    competency: 'algorithms',
    difficulty: 'HARD',
    content:
      'A site has a million pages, and you must report how many different people visited each page today. The complete sets of visitors do not fit into memory. What are your options, and how would you decide whether an approximate answer is good enough?',
    covers: [
      'Ask what the number is for: a dashboard, a ranking and an invoice tolerate different errors',
      'A sketch for distinct counts, such as HyperLogLog: small fixed memory per page and a known error',
      'Sketches merge, so machines or hours can be combined without counting anyone twice',
      'Most pages have few visitors and can be counted exactly until they grow',
      'Exact alternatives: split by hash on disk, or sort and count in a batch',
      'Why simple sampling or adding hourly counts gives the wrong number',
    ],
    levels: [
      'Counts visits instead of different people, or adds up hourly or per-server counts without noticing that the same person is counted several times.',
      'Sees that sets are too big and suggests more memory, sampling or "some probabilistic structure", without being able to say how it works, how wrong it may be or how to combine parts.',
      'Gives one sound approach, either a distinct-count sketch with its rough error and memory or an exact batch by hash partitions, and asks whether an exact number is needed.',
      'Compares approximate and exact approaches on memory, delay and error, uses the fact that sketches merge, and saves memory by treating small pages exactly.',
      'Starts from the decision the number serves and works back to an acceptable error, does the memory arithmetic for a million pages, names what sketches cannot do, such as listing visitors or removing one, and says how the error would be checked against exact counts on a sample.',
    ],
    probes: [
      'Finance wants to bill advertisers from these numbers. Does your design change?',
      'Tomorrow someone asks for visitors per week. Can you answer from what you have kept?',
      'Roughly how much memory does your approach need, and where does that figure come from?',
    ],
  },
  {
    slug: 'algorithms-worst-case-customer',
    competency: 'algorithms',
    difficulty: 'HARD',
    content:
      'A service is fast for everyone except one customer, for whom requests take minutes. Profiling shows that nearly all the time goes into one routine that is quick on average but very slow in its worst case. How would you work out what is happening, and how would you choose a remedy?',
    covers: [
      "Find what is special about this customer's data: size, order, repeated values, or a pattern that triggers the worst case",
      'Typical culprits: hash collisions, poor pivots, a backtracking pattern match, an accidental nested loop',
      'Reproduce with a reduced input and measure how time grows as the input grows',
      'Remedies with trade-offs: a different algorithm, randomising, limiting the input, splitting or precomputing',
      'Whether the input could be deliberate, which makes it a security matter',
      'Protecting other customers meanwhile with time limits or isolation',
    ],
    levels: [
      'Would add hardware, threads or a cache without asking why this customer is different, or doubts the profile with no reason.',
      'Guesses that the customer simply has more data and proposes a general speed-up, without a plan to confirm how the time grows or what triggers it.',
      "Obtains the customer's input, reproduces the slowness, measures how time grows with size or shape, names a plausible cause and picks a remedy that removes it.",
      'Also weighs remedies against each other, such as a guaranteed bound at a slower average, protects others with a limit in the meantime, and keeps the reduced input as a test.',
      'Separates stopping the harm from curing the cause, asks whether somebody could send such input on purpose, looks for the same weakness elsewhere, and justifies the choice by how often the worst case occurs and what it costs, including the case for leaving the average path alone.',
    ],
    probes: [
      'How would you tell a lot of data from badly shaped data?',
      'The better algorithm is a fifth slower for everyone else. What do you do?',
      'Suppose the slow input was sent on purpose. What changes?',
    ],
  },
];
