import type { StarterQuestion } from './starter-question.ts';

export const networking: readonly StarterQuestion[] = [
  {
    slug: 'networking-site-does-not-load',
    competency: 'networking',
    difficulty: 'EASY',
    content:
      'A user says that your website does not load, but it works for you. Walk me through how you would find out which part of the way between them and your server is at fault.',
    covers: [
      'Ask what they see: the exact message, since when, which device and network, and whether other sites work',
      'The stages: name lookup, connection, encryption, the request, the answer, the browser',
      'A way to test each stage, or what the error message says about it',
      'Narrowing down by changing one thing: another browser, network or device',
      'Whether their request reached the server, from logs or monitoring',
      'Differences between users: cached data, location, account, blocked scripts',
    ],
    levels: [
      'Tells the user to restart or clear everything, or declares that it works and so is not our problem, with no idea of the stages.',
      'Tries a few sensible things such as another browser or network, but in no order and without saying what each result would tell.',
      'Asks for the exact symptom, goes through name lookup, connection and request in order, and looks in the server logs for their visit.',
      'Also reads the symptom to skip ahead, for example a timeout against a certificate warning against an error page, and checks whether other users are affected.',
      'Halves the problem at every step by saying what each result would rule out, keeps in mind what differs between them and the user, such as cached addresses or a particular server behind a balancer, and leaves behind monitoring that would have shown it.',
    ],
    probes: [
      'They get a certificate warning. What does that tell you?',
      'Their request is in your logs and was answered successfully. What now?',
    ],
  },
  {
    slug: 'networking-error-answers',
    competency: 'networking',
    difficulty: 'EASY',
    content:
      'You are designing a web API call that creates an account. What should it answer when the request is malformed, when the email address is already taken, and when your own server has a problem? Why does the difference matter to the caller?',
    covers: [
      'Errors of the caller and errors of the server are told apart, for example four hundreds and five hundreds in HTTP',
      'The caller knows whether to correct, ask the user or try again later',
      'A body that software can read: a stable code, and which field is wrong',
      'No internal details such as stack traces in the answer',
      'Not answering "success" with an error inside',
      'Revealing that an email address is registered can be a privacy matter',
    ],
    levels: [
      'Answers the same way in all cases, or always reports success with a message, and sees no problem for the caller.',
      'Separates success from failure but mixes up whose fault it is, or relies on a text message that a program would have to interpret.',
      'Gives each case its own kind of answer, explains which ones are worth retrying, and includes a readable reason.',
      'Also gives stable codes and field details for programs, keeps internals out, and is consistent across calls.',
      'Considers what each answer gives away, for example whether an address is registered, helps support with a reference for each failure, and says what a caller should do when no answer arrives at all.',
    ],
    probes: [
      'Which of these answers should make the caller try again by itself?',
      'An attacker could test which addresses have accounts. Does that matter, and what could you do?',
    ],
  },
  {
    slug: 'networking-missing-timeout',
    competency: 'networking',
    difficulty: 'EASY',
    content:
      'Your service calls another service over the network, and the call has no time limit. What can go wrong, and how would you choose a limit?',
    covers: [
      'Calls can hang for a very long time when the other side is slow or gone',
      'Waiting calls hold threads, memory and connections until your service stops answering too',
      'Choosing from how long the call usually takes, at the slow end, and how long your own caller will wait',
      'What to do when the limit is reached: error, fallback or careful retry',
      'After a time-out you do not know whether the work was done',
      'Separate limits for connecting and for the whole call',
    ],
    levels: [
      'Sees no danger, believing that the network will report an error by itself, or picks a number with no reason.',
      'Knows that the call may hang, but not what this does to the rest of the service, and would just pick a round number.',
      "Explains how hanging calls exhaust the service, chooses the limit from measured times and the caller's patience, and says what happens when it is reached.",
      'Also notes that a call that timed out may have succeeded, fits the limit to the time the whole request has left, and watches how often it is hit.',
      'Balances both sides, as too short a limit fails good calls and causes retries that make an overload worse, passes the remaining time on to calls further down, and stops calling for a while when the other side is clearly down.',
    ],
    probes: [
      'The call timed out. Can you safely repeat it?',
      'Your own callers give up after two seconds. What does this mean for your limit?',
    ],
  },
  {
    slug: 'networking-charged-once',
    competency: 'networking',
    difficulty: 'MEDIUM',
    content:
      'A mobile app sends a payment request, and the connection drops before the answer arrives. How should the app and the server behave so that the customer is charged exactly once?',
    covers: [
      'The app cannot know whether the request arrived, was processed, or only the answer was lost',
      'A key made by the app for each intended payment and sent again with every retry',
      'The server stores the key with the result and returns the same result for a repeat',
      'Two requests with the same key at the same time; recording the key and the payment together',
      'The same problem between the server and the payment provider',
      'What the user sees meanwhile, also after the app restarts',
    ],
    levels: [
      'Lets the app simply send again, or never send again, without seeing that the first means double charges and the second lost payments.',
      'Sees the danger of a double charge, but relies on comparing amount and time, disabling the button, or a key made anew for each attempt.',
      'Has the app attach one key to the payment, retry with the same key, and the server recognise it and return the first result.',
      'Also handles two requests with the same key at once, a crash between charging and recording, and how long keys are kept.',
      'Follows the problem through to the payment provider with its own key or a status query, stores the key on the device before sending, reconciles records afterwards, and is honest that this means sending at least once while the effect happens once.',
    ],
    probes: [
      'The server crashes after charging the card but before storing the result. What happens on retry?',
      'The same key arrives with a different amount. What do you answer?',
      'What does the customer see while the outcome is not known?',
    ],
  },
  {
    slug: 'networking-paging',
    competency: 'networking',
    difficulty: 'MEDIUM',
    content:
      'A web API returns a list that can hold millions of entries, and new ones are added all the time. How would you let callers page through it, and what goes wrong with plain page numbers?',
    covers: [
      'With page numbers, additions and removals shift entries, so some are repeated or missed',
      'Skipping far ahead costs the database more and more',
      'Continuing after the last entry seen, by a marker over a stable and unique order',
      'Ties in the sort order need a second, unique field',
      'Markers that callers treat as opaque, a maximum page size, and how the end is shown',
      'What is lost: jumping to page fifty, and an exact total',
    ],
    levels: [
      'Returns everything, or uses page numbers and sees no difficulty.',
      'Notices one trouble of page numbers, such as slowness or shifting, but the remedy is a larger page or a cache.',
      'Explains both shifting and cost, and pages by continuing after the last entry in a stable order, with a limit on page size.',
      "Also makes the order unique, hides the marker's content from callers, and says what happens to entries changed or deleted meanwhile.",
      'Chooses by use: page numbers can be right for a short list browsed by people, a full export may need a snapshot or a feed of changes. Thinks about sort fields that change, and markers that outlive a change of the API.',
    ],
    probes: [
      'Many entries have the same time stamp. Does your method still work?',
      'A customer wants a complete, consistent copy of the list. Is paging the right tool?',
    ],
  },
  {
    slug: 'networking-live-position',
    competency: 'networking',
    difficulty: 'MEDIUM',
    content:
      'A web page has to show the live position of a delivery van on a map. Compare the ways to get updates from the server to the browser, and say which you would choose.',
    covers: [
      'Asking at intervals: simple and sturdy, with delay and wasted requests',
      'A held request or a one-way stream from the server: quick, over ordinary web requests',
      'A two-way socket: quick in both directions, with more to operate',
      'How fresh the position must be, and how many people watch',
      'Reconnecting, missed updates, and showing that the position is old',
      'Effects on servers: open connections, load balancers, restarts',
    ],
    levels: [
      'Knows only reloading the page or asking again constantly, or names a technique without any reason for it.',
      'Names polling and sockets and holds sockets to be better because they are live, without asking how fresh the data must be.',
      'Compares asking at intervals with at least one push method on delay, load and effort, and picks one that fits the few seconds of freshness needed.',
      'Also handles reconnection and stale positions, notes that updates go one way only, and considers open connections on servers and proxies.',
      'Starts from the rate at which the van reports and what users notice, shows that asking every few seconds may be enough and at what scale it is not, sends only the newest position when a client falls behind, and plans for a restart dropping all connections at once.',
    ],
    probes: [
      'A server with fifty thousand open connections is restarted. What happens?',
      'The van has lost its signal for two minutes. What should the page show?',
    ],
  },
  {
    slug: 'networking-breaking-change',
    competency: 'networking',
    difficulty: 'HARD',
    content:
      'A public web API has hundreds of outside customers, and you need to change it in a way that breaks existing programs. How would you go about it, from the first idea to switching off the old version?',
    covers: [
      'Ask whether it can be done without breaking: adding instead of changing, new fields, sensible defaults',
      'How versions are told apart, and keeping old and new on one implementation underneath',
      'Knowing who uses what, from measurements',
      'Notice, documents, tools or examples for moving, and enough time',
      'Nudging the late ones: reminders, contacting, short planned outages',
      'A firm but humane end, and lessons for making future changes easier',
    ],
    levels: [
      'Announces a date and switches, or would never change anything, with no thought for how customers find out or what it costs them.',
      'Adds a new version under a new address and plans to drop the old one after a time, without knowing who still uses it.',
      'Looks for a compatible way first, runs both versions for a published period, measures use per customer and helps the remaining ones to move.',
      'Also keeps one implementation with a translation for the old form, warns in the answers themselves, rehearses the end with short outages and has a way back.',
      'Weighs the cost to customers as a cost to the company, defines what counts as breaking including behaviour people rely on without a promise, agrees who may grant exceptions, and designs the new version so that the next change does not break.',
    ],
    probes: [
      'Your largest customer refuses to move. What do you do?',
      'Which changes look harmless and still break somebody?',
      'How do you keep two versions from doubling the work?',
    ],
  },
  {
    slug: 'networking-slow-fan-out',
    competency: 'networking',
    difficulty: 'HARD',
    content:
      'One page view makes fifty calls to other services in parallel and waits for all of them. Each call is fast ninety-nine times out of a hundred, yet users often see a slow page. Explain why, and say what you would do about it.',
    covers: [
      'The page is as slow as its slowest call; with fifty, about four in ten views meet at least one slow call',
      'The calls may not be independent, so measure the whole page and not only the average call',
      'Making fewer calls: combining, caching, leaving out',
      'Not waiting for everything: time limits and showing partial results',
      'Sending a second request when the first is late, with a limit on the extra load',
      'Finding causes of slowness in the services: queues, pauses, uneven load',
    ],
    levels: [
      'Says that one slow call in a hundred is too rare to matter and so looks elsewhere, or would make the average call faster.',
      'Sees that the slowest call decides, but not how quickly the odds add up, and only suggests faster services or more servers.',
      'Explains with rough figures why about forty in a hundred views are slow, and proposes fewer calls, time limits with partial results, or caching.',
      'Also considers sending a second request with its danger under overload, looks for causes of slow calls, and measures at the level of the page.',
      'Separates chance slowness from shared causes, as repeating helps the first and harms the second, decides with the product which parts may be missing, sets a time budget for the page, and knows that some slowness must be tolerated rather than removed.',
    ],
    probes: [
      'When would sending a second request make things worse?',
      'Which of the fifty parts may be missing from the page, and who decides?',
      'What would you measure to know that it has become better?',
    ],
  },
];
