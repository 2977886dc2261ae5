import type { StarterQuestion } from './starter-question.ts';

export const concurrency: readonly StarterQuestion[] = [
  {
    slug: 'concurrency-shared-counter',
    competency: 'concurrency',
    difficulty: 'EASY',
    content:
      'Two threads each add one to the same shared counter a thousand times. At the end the counter is often below two thousand. Explain why, and describe two ways to fix it.',
    covers: [
      'Adding one is really three steps: read, add, write',
      'Both threads read the same old value, so one addition is lost',
      'A lock around the addition',
      'An atomic increment',
      'Counting separately in each thread and adding up at the end',
      'The result varies from run to run, so testing alone does not prove that it is gone',
    ],
    levels: [
      'Blames a fault in the language or machine, or says that threads are unreliable, with no account of how an addition is lost.',
      'Knows that the threads interfere and that a lock helps, but cannot describe the sequence of steps that loses an addition.',
      'Walks through read, add and write by two threads, shows how one addition is lost, and gives two working fixes.',
      'Also compares the fixes on cost and simplicity, for example lock against atomic operation, and says that a passing test does not prove the fault is gone.',
      "Questions the sharing itself and prefers counting separately and combining, explains that locking must cover reads and every access, and mentions that threads may not even see each other's writes without such protection.",
    ],
    probes: [
      'Why does the problem often not appear in a test?',
      'Which of your fixes would you choose for a counter updated a million times a second?',
    ],
  },
  {
    slug: 'concurrency-transfer-hang',
    competency: 'concurrency',
    difficulty: 'EASY',
    content:
      'A program moves money between accounts. It locks the account that pays, then the account that receives, then makes the transfer. Once in a while it hangs for good. What is going on, and how would you prevent it?',
    covers: [
      'Two transfers in opposite directions each hold one lock and wait for the other',
      'It is called a deadlock, and it depends on timing',
      'Always take the locks in one fixed order, such as by account number',
      'Alternatives: a single lock, a time limit with retry, or leaving it to a database',
      'A transfer from an account to itself',
      'How to confirm it, for example by looking at what each thread is waiting for',
    ],
    levels: [
      'Suspects a slow machine or an endless loop, or suggests restarting when it hangs, without looking at the locks.',
      'Names deadlock but cannot give the sequence that leads to it, or proposes a remedy such as waiting between locks that only makes it rarer.',
      'Describes the two opposite transfers step by step, and prevents the hang by taking locks in a fixed order or by another sound method.',
      'Also compares remedies, such as fixed order against one lock or a time limit, and would confirm the cause from a snapshot of the waiting threads.',
      'Explains why a fixed order makes a circle of waiting impossible, covers transfers to the same account and locks taken in code further down, and considers designs with no need for two locks.',
    ],
    probes: [
      'How would you confirm that this is the cause while the program is hanging?',
      'What are the drawbacks of one lock for all accounts?',
    ],
  },
  {
    slug: 'concurrency-fetch-many-pages',
    competency: 'concurrency',
    difficulty: 'EASY',
    content:
      'A program has to fetch two hundred web pages, and one after another it takes several minutes. How would you make it faster, and which limits would you put in place?',
    covers: [
      'Most of the time is spent waiting, so the fetches can overlap',
      'Means: asynchronous calls, a pool of threads or workers',
      'A limit on how many run at once, and why: memory, connections, politeness to the servers',
      'A time limit for each fetch',
      'One failure must not lose the other results; careful retries',
      'Collecting results, in order if that matters, and trying different limits while measuring',
    ],
    levels: [
      'Suggests a faster computer or connection, or has no idea how to overlap the fetches.',
      'Starts all two hundred at once, or uses threads, with no limits and no thought for failures.',
      'Overlaps the fetches because the time goes into waiting, limits how many run at once, sets time limits, and keeps going when one fails.',
      'Also limits per server, retries only what is worth retrying with growing pauses, and collects results and errors cleanly.',
      'Finds the right limit by measuring, distinguishes waiting from computing and so knows when more threads would not help, and handles cancellation, partial results and a server asking to slow down.',
    ],
    probes: [
      'How would you choose the number that run at once?',
      'After fetching, each page needs heavy calculation. Does your approach still fit?',
    ],
  },
  {
    slug: 'concurrency-growing-queue',
    competency: 'concurrency',
    difficulty: 'MEDIUM',
    content:
      'In one process, some threads put work into an in-memory queue and others take it out. Under heavy load, memory grows until the process crashes. What would you change, and what would you want to know first?',
    covers: [
      'Work arrives faster than it is finished, and an unbounded queue only hides this',
      'A bounded queue, and a decision on what happens when it is full: wait, refuse, drop, or store elsewhere',
      'Passing the pressure back to whoever sends the work',
      'Whether it is a short peak or a lasting shortfall',
      'Why the workers are slow, and whether more workers would help',
      'Old work in a long queue may no longer be wanted; measuring length and age',
    ],
    levels: [
      'Gives the process more memory or restarts it on a schedule, and does not see that the crash is merely put off.',
      'Limits the queue or adds workers, but does not say what happens to work when the queue is full, or whether more workers would help at all.',
      'Bounds the queue, chooses between waiting and refusing when it is full with reasons, and finds out why work arrives faster than it is finished.',
      'Also distinguishes short peaks from lasting overload, passes refusal back to the sender in a usable form, and measures the length and waiting time of the queue.',
      'Derives the bound from how long work may reasonably wait, drops work nobody is waiting for any more, gives important work precedence, and considers what is lost in a crash and hence whether memory is the right place for the queue.',
    ],
    probes: [
      'How large should the bound be?',
      'What does a caller experience when the queue is full?',
      'The process stops with work in the queue. What is lost, and is that acceptable?',
    ],
  },
  {
    slug: 'concurrency-expired-cache-rush',
    competency: 'concurrency',
    difficulty: 'MEDIUM',
    content:
      'A value that takes five seconds to compute is cached for one minute. Each time it expires under heavy traffic, the service nearly falls over. Explain what is happening, and how you would fix it.',
    covers: [
      'When the entry expires, every request misses and starts the same computation',
      'The computations slow each other down, so the gap grows longer',
      'Letting only one compute while the others wait or get the old value',
      'Refreshing before expiry, in the background',
      'Several servers: one computation per server, or one overall',
      'The computation failing or hanging, and spreading expiry times over many keys',
    ],
    levels: [
      'Thinks the cache is too small or too slow, or merely lengthens the expiry so that the crash comes less often.',
      'Sees that many requests compute at the same time, but the remedy is to never expire the value or to add servers, with no thought for freshness.',
      'Explains the rush on expiry, and lets one request compute while the others wait or receive the old value, or refreshes ahead of time.',
      'Also covers several servers, a time limit on the computation, and what happens to those waiting when it fails.',
      'Combines serving the old value with a refresh in the background and says how old it may become, spreads expiry over many keys, thinks about the empty cache after a restart, and uses a shared lock only if one computation per server is still too much.',
    ],
    probes: [
      'The one request that computes the value fails. What happens to the rest?',
      'You have twenty servers. Is it enough to do this on each of them?',
      'What happens right after all servers restart with empty caches?',
    ],
  },
  {
    slug: 'concurrency-lost-edit',
    competency: 'concurrency',
    difficulty: 'MEDIUM',
    content:
      "Two support agents open the same customer record. Both change it, and the second save silently wipes out the first agent's change. How would you prevent that, and what should the agents see?",
    covers: [
      'Why it happens: both start from the same old copy, and the last save wins',
      'Detecting it: a version number checked in the same step as the save',
      'The alternative of locking the record while it is open, and its trouble with forgotten locks',
      'Saving only the changed fields lessens conflicts but does not always settle them',
      'Showing the conflict: what the other person changed, and a choice to merge or redo without losing work',
      'How often conflicts happen decides between approaches',
    ],
    levels: [
      'Puts it down to user error, or wraps the save in a transaction or lock and believes this cures it.',
      'Wants to lock the record while somebody has it open, but does not consider someone who goes to lunch; or checks for changes in a separate step before saving.',
      'Uses a version number or time of change checked in the save itself, refuses the second save, and tells the agent what happened.',
      "Also keeps the second agent's typing, shows the differences, merges changes to different fields, and compares this with locking.",
      'Considers the people: how often it happens, showing that a colleague has the record open, fields that belong together and must not be merged blindly, and other writers such as imports and other services that must follow the same rule.',
    ],
    probes: [
      'The agents changed different fields. Should the second save still be refused?',
      'Why does a database transaction around the save not solve this?',
    ],
  },
  {
    slug: 'concurrency-expiring-lock',
    competency: 'concurrency',
    difficulty: 'HARD',
    content:
      'A job must never run on two servers at the same time. A colleague has each server take a lock in a shared store, and the lock expires after thirty seconds in case the server dies. Is this safe? What can go wrong, and what would you do?',
    covers: [
      'The holder can pause or be slow past the expiry and carry on while another server starts',
      'Renewing helps, but cannot close the gap; the holder may not learn in time that it lost the lock',
      'Releasing a lock that by now belongs to another server, unless it checks ownership in one step',
      'The store may lose the lock when it fails over, and clocks may differ',
      'Real protection at the resource: a growing number with each grant that the resource checks, or conditional writes',
      'Whether it matters: if the job can safely run twice, the lock is only there to save work',
    ],
    levels: [
      'Considers it safe because of the lock, or objects only to the choice of store or to the number of seconds.',
      'Sees that the job could take longer than thirty seconds and suggests a longer expiry or renewal, believing that this makes it safe.',
      'Explains how a paused or slow holder overlaps with the next one, mentions renewal and ownership checks, and sees that they reduce the risk without removing it.',
      'Adds a growing number or conditional write checked by the resource itself, or makes the job harmless to repeat, and considers the store failing over.',
      'Asks first whether "never" is about correctness or about saving work and designs accordingly, explains why no expiry time can be safe by itself, deals with outside effects that cannot check a number, and names the price of a lock that never expires.',
    ],
    probes: [
      'The server is frozen for a minute and then goes on. Take me through what happens.',
      'The job sends emails, and the email service knows nothing about your lock. What now?',
      "When would you be content with your colleague's design?",
    ],
  },
  {
    slug: 'concurrency-more-threads-slower',
    competency: 'concurrency',
    difficulty: 'HARD',
    content:
      'A service has many idle processor cores, so the team doubled its worker threads. Throughput went down. How would you find out why, and which causes do you consider likely?',
    covers: [
      'Idle cores show that processing was not the limit; something else is',
      'Contention for a lock or shared structure, which worsens as threads are added',
      'A limit further on: database connections, another service, disk',
      'Costs of more threads: switching, memory, garbage collection, caches fighting over shared data',
      'Method: throughput against number of threads, where threads wait, one change at a time',
      'Remedies by cause: share less, hold locks for less time, match pools, limit concurrency',
    ],
    levels: [
      'Doubts the measurement or proposes yet more threads or hardware, with no idea why more threads could do harm.',
      'Lists lock contention or switching as general dangers, but has no plan for telling which it is.',
      'Reasons that the limit is not the processor, looks at what threads wait for, names several likely causes such as a hot lock or connection pool, and fits a remedy to each.',
      'Measures throughput and waiting at several thread counts, distinguishes waiting on locks from waiting on something downstream, and considers memory and garbage collection.',
      'Models it: the share of work that cannot run in parallel and the growing cost of coordination explain both the flattening and the fall. Predicts what each suspected cause would look like in the measurements, tests the cheapest first, and may end with fewer threads than before.',
    ],
    probes: [
      'How would you tell a lock problem from a slow database?',
      'Profiling shows little time in any function. Where is the time going?',
      'How would you then choose the number of threads?',
    ],
  },
];
