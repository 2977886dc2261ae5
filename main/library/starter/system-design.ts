import type { StarterQuestion } from './starter-question.ts';

export const systemDesign: readonly StarterQuestion[] = [
  {
    slug: 'system-design-picture-upload',
    competency: 'system-design',
    difficulty: 'EASY',
    content:
      'People using a web application can upload a profile picture. Walk me through what should happen from the moment they choose a file until others can see the picture.',
    covers: [
      'Checking size and type on the server, not only in the browser',
      'Storing the file in file or object storage, with a reference to it in the database',
      'Making smaller versions, preferably in the background',
      'Delivering through a cache or content delivery network, and what happens when the picture changes',
      'What the user sees while it is processing and when something fails',
      'Safety: do not trust the file name or content, and only the owner may change the picture',
    ],
    levels: [
      'Describes only the form in the browser, or saves the file somewhere with no idea how others get to see it.',
      'Covers upload and display but trusts whatever the browser sends, or stores full-size originals and serves them everywhere without remarking on it.',
      'Gives a complete path: checks on the server, storage apart from the database record, resized versions and how the picture is served.',
      'Also moves resizing into the background, deals with failure half way and with an old picture staying in caches, and tells the user what is going on.',
      'Keeps it fitting for the purpose while foreseeing trouble: harmful files, hidden location data in photos, leftovers of abandoned uploads, moderation, and lets large uploads bypass the application servers only if volume calls for it.',
    ],
    probes: [
      'A user changes the picture but colleagues still see the old one. Why, and what can you do?',
      'What could go wrong with a file that only claims to be a picture?',
    ],
  },
  {
    slug: 'system-design-popular-list-cache',
    competency: 'system-design',
    difficulty: 'EASY',
    content:
      'A page shows the ten most-read articles of the day. It is slow, because the list is worked out again on every visit. How would you use a cache here, and what can go wrong with it?',
    covers: [
      'Work the list out once and keep the result for a short time',
      'Slightly old data is acceptable here, and how old is a question for the product',
      'How it is refreshed: expiry, a scheduled job or on change',
      'Many visitors hitting at once when the entry expires or the cache is empty',
      'Where the cache lives: in each server or shared, and what follows from that',
      'What visitors see when working out the list fails',
    ],
    levels: [
      'Says to add a cache but cannot say what is stored, for how long or why that is acceptable.',
      'Stores the list with a time limit but sees no drawback, or wants it exact to the second and so loses the benefit.',
      'Caches the finished list for a stated time, explains why that delay is fine for this page, and names at least one problem such as old data or the moment of expiry.',
      'Also compares refreshing in the background with expiry on request, handles many visitors at the moment of expiry, and considers a cache per server against a shared one.',
      'First asks why it is slow and how often it is read, considers keeping running counts instead of caching the slow query, serves the last good list on failure, and can say what to measure to know the cache is working.',
    ],
    probes: [
      'What does the very first visitor after a restart experience?',
      'An article has to be taken down at once for legal reasons. How does it leave the list?',
    ],
  },
  {
    slug: 'system-design-slow-sign-up',
    competency: 'system-design',
    difficulty: 'EASY',
    content:
      'When somebody signs up, our server sends a welcome email before it answers the browser, and now and then signing up takes ten seconds. How would you improve this?',
    covers: [
      'Answer the user once the account is stored, and send the email afterwards in the background',
      'A queue or a table of pending jobs that survives a restart, with a worker',
      'Retrying with pauses and a limit, and noticing emails that never get out',
      'The same email may be sent twice, and whether that matters',
      'What happens if the account is stored but the job is not, or the other way round',
      'Checking first that the email really is the slow part',
    ],
    levels: [
      'Suggests a faster server, a longer time limit or a spinner, leaving the email inside the request.',
      'Moves sending to the background, for instance a thread in the same process, but does not consider that it may fail or be lost on restart.',
      'Stores the account, puts a job in a durable queue, answers at once, and has a worker send the email with retries.',
      'Also deals with duplicates and with emails that keep failing, and says how the team would notice a growing backlog.',
      'Closes the gap between storing the account and recording the job, for example by writing both in one transaction, distinguishes an email that can wait from one the user needs to go on, such as a confirmation link, and checks by measurement that email was the cause.',
    ],
    probes: [
      'The server crashes just after the account is stored. Does the email still go out?',
      'What if the email has a link that the user must click before going on?',
    ],
  },
  {
    slug: 'system-design-notification-service',
    competency: 'system-design',
    difficulty: 'MEDIUM',
    content:
      'Design a service through which other teams in a company send notifications to users by email, text message or push message. Describe the main parts, and how you deal with failures and with what users want to receive.',
    covers: [
      'A simple interface: which notification, to whom, with which data, and a key to avoid duplicates',
      'Accept quickly, queue, and let separate workers handle each channel',
      'User preferences, opting out, quiet hours, and messages that must always go out',
      'Retries with limits, fallback to another channel, and a place for messages that cannot be sent',
      'Keeping urgent messages, such as sign-in codes, apart from bulk mail',
      'Tracking what was sent and delivered, so that questions can be answered',
    ],
    levels: [
      'Describes sending a message from application code, without parts of its own for queueing, preferences or failure.',
      'Has an interface and a queue, but all channels and kinds of message share one path, and failures amount to "try again".',
      'Lays out an interface, a queue, preferences and a worker per channel, with bounded retries and a record of what was sent.',
      'Also prevents duplicates, separates urgent from bulk traffic, handles a channel provider being down, and manages templates and languages sensibly.',
      'Asks what promises the service makes about speed and certainty per kind of message, protects users from being flooded by several teams at once, sets fair limits for each sending team, and expires messages that are no longer useful.',
    ],
    probes: [
      'Marketing sends a million messages. How does a sign-in code still arrive within seconds?',
      'The text message provider is down for an hour. What happens?',
      'A user says they never got a message. How do you find out?',
    ],
  },
  {
    slug: 'system-design-rate-limit',
    competency: 'system-design',
    difficulty: 'MEDIUM',
    content:
      'A public API runs on several servers, and each customer may make one hundred requests a minute. How would you enforce that limit, and which trade-offs do you see?',
    covers: [
      'The way of counting: fixed window, sliding window or token bucket, and how each treats bursts',
      'Where the count lives: shared store, per server or sticky routing, with accuracy against speed and dependence',
      'Making count and check one step, so that simultaneous requests do not slip through',
      'What happens when the shared store is slow or down: let requests through or refuse them',
      'What the customer sees: a clear refusal, when to try again and how much is left',
      'Why the limit exists, and so how exact it must be',
    ],
    levels: [
      'Counts requests in the memory of each server without noticing that the limit then multiplies with the servers, or has no notion of resetting the count.',
      'Uses a shared counter per minute but overlooks bursts at the boundary and simultaneous requests, and gives no thought to the store failing.',
      'Chooses a counting method and a shared store, explains the burst behaviour, updates the counter in one step and tells customers when to try again.',
      'Also compares exact shared counting with cheaper local approximations, decides what to do when the store fails, and keeps the added delay small.',
      'Asks what the limit protects, fairness, cost or survival, and designs to that: several layers, cost-weighted requests, limits that customers can see in advance, new limits first tried in observing mode, and a reasoned choice between failing open and closed.',
    ],
    probes: [
      'With your method, can a customer make two hundred requests within two seconds?',
      'The counter store is unreachable. What do you do with requests?',
      'One request is a hundred times as expensive as another. Is a plain count still right?',
    ],
  },
  {
    slug: 'system-design-seat-booking',
    competency: 'system-design',
    difficulty: 'MEDIUM',
    content:
      'Design the part of a ticket-selling system that makes sure no seat is sold twice, even when thousands of people want the same seats in the first minute. Include what happens while someone is paying.',
    covers: [
      'One authority for each seat, with the change from free to held done in a single conditional step',
      'A hold with a time limit while the buyer pays',
      'Payment that arrives after the hold has run out, and payment reported twice',
      'The seat map shown may be a little old; the check happens when the seat is taken',
      'Handling the rush: waiting room, spreading load by event or section, cheap refusals',
      'What the buyer sees when somebody else was faster',
    ],
    levels: [
      'Checks whether the seat is free and then writes the sale as two separate steps, and does not see how two buyers can both pass the check.',
      'Mentions a lock or transaction that prevents double sale, but holds it throughout payment or forgets that buyers give up half way.',
      'Takes a seat by a conditional update or unique constraint, holds it for a limited time, confirms on payment and frees it on expiry.',
      'Also handles payment arriving late or twice, separates the slightly old seat map from the exact check, and has a plan for the first-minute rush.',
      'Reasons from fairness and money: refunds or reassigns when payment beats expiry, thinks about several adjoining seats taken all or nothing without deadlock, about bots and queueing, and shows where strict correctness is needed and where it can be loosened.',
    ],
    probes: [
      'The payment is confirmed ten seconds after the hold ran out. What do you do?',
      'Someone wants four seats together. Does your approach still work?',
      'What do you show to the thousands who will not get a seat?',
    ],
  },
  {
    slug: 'system-design-second-region',
    competency: 'system-design',
    difficulty: 'HARD',
    content:
      'A product runs in one region. Customers far away find it slow, and management also wants to survive the loss of that region. How would you approach this, and which wishes would you push back on?',
    covers: [
      'Two separate goals, distance and disaster, which may have different solutions',
      'Cheaper steps first: static content near the user, fewer round trips, caching, read copies',
      'Where data lives and who may write: one writing region, data homed per customer, or several writers with conflicts',
      'How much data and time may be lost in a disaster, and what each answer costs',
      'Failover that is rehearsed: who decides, traffic switching, capacity, avoiding two active writers',
      'Cost, complexity and legal limits on where data may be stored',
    ],
    levels: [
      'Proposes to run a copy in every region with the databases kept in sync, and does not see any difficulty with delay or conflicting writes.',
      'Knows that data is the hard part, but jumps to one favourite arrangement without asking about tolerable loss, tolerable downtime or what makes the product slow.',
      'Separates the two goals, tries cheap improvements for distance first, chooses a data arrangement with its consequences for consistency, and asks how much loss is tolerable.',
      "Also explains failover in practice, including replication delay, capacity and rehearsals, and considers homing each customer's data in one region.",
      'Turns vague wishes into priced options management can choose from, pushes back on "no loss, no delay, everywhere", treats features differently by their need for consistency, moves in steps that each bring value, and plans the return after a failover.',
    ],
    probes: [
      'Management wants zero data loss and no added delay. What do you tell them?',
      'How do you prevent both regions from accepting writes after a network split?',
      'What would you do in the first three months?',
    ],
  },
  {
    slug: 'system-design-shared-document',
    competency: 'system-design',
    difficulty: 'HARD',
    content:
      'Several people should be able to edit the same text document at the same time, and one of them may be offline for an hour and then come back. How would you design this? Which choices matter most, and what do they cost?',
    covers: [
      "What users expect: see others' edits quickly, never lose work, end up with the same text",
      'Approaches: locking, last write wins, transforming operations on a server, or data types that merge by themselves',
      'Sending edits rather than whole documents, and showing own edits at once',
      'Returning from offline: merging many edits, and merges that agree technically but read badly',
      "History, undo of one's own edits, and compaction of growing data",
      'Connections, one ordering point per document, and saving without loss on a crash',
    ],
    levels: [
      'Sends the whole document on every change and lets the last one win, or locks the document, without noting that this loses work or rules out editing together.',
      'Knows that edits conflict and mentions merging or a named technique, but cannot explain how two edits at the same place end up the same for everybody.',
      'Explains one workable approach, such as a server that orders and transforms edits or a mergeable data type, shows own edits at once, and describes how the offline person catches up.',
      "Also compares approaches on complexity, need for a server and growth of data, handles reconnecting and crashes without loss, and sees that undo must not undo other people's work.",
      'Starts from how people work on the document, admits that merged text can be consistent and still senseless and gives people a way to see and repair it, keeps a simpler design where it suffices, and can say which parts to buy rather than build.',
    ],
    probes: [
      'Two people rewrite the same sentence, one of them offline. What do they see afterwards?',
      'What does undo do when others have been typing in between?',
      'When would plain locking be the better product?',
    ],
  },
];
