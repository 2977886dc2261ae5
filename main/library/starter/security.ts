import type { StarterQuestion } from './starter-question.ts';

export const security: readonly StarterQuestion[] = [
  {
    slug: 'security-storing-passwords',
    competency: 'security',
    difficulty: 'EASY',
    content:
      "How should an application store its users' passwords, and why is encrypting them not the right answer?",
    covers: [
      'Store only a one-way hash, never the password itself',
      'Encryption can be undone by whoever gets the key, and checking a password does not need that',
      'A hash made to be slow, meant for passwords, with its cost raised over time',
      'A separate random salt per user, so that equal passwords differ and prepared tables are useless',
      'Using an established library instead of inventing one',
      'What is around it: limiting attempts, second factor, safe reset',
    ],
    levels: [
      'Stores passwords readably or encrypted and sees no problem, or believes that a secret algorithm protects them.',
      'Says that they must be hashed, but suggests a quick general hash with no salt, or cannot say why encryption is wrong.',
      'Uses a slow password hash with a salt per user from an established library, and explains why reversible encryption is a risk.',
      'Also explains what salt and slowness each protect against after a theft, and how to raise the cost later, for example at the next sign-in.',
      'Looks beyond storage: plans for the day of a leak, moves old hashes without waiting for every user, weighs the cost of slow hashing under load, and covers guessing, reused passwords and reset, where attacks are likelier.',
    ],
    probes: [
      'What does the salt protect against, and what not?',
      'You inherit a million quick, unsalted hashes. How do you improve matters without asking everybody to change their password?',
    ],
  },
  {
    slug: 'security-search-injection',
    competency: 'security',
    difficulty: 'EASY',
    content:
      'A search page builds its database query by joining the text that the user typed into the query. What can go wrong, and how would you fix it?',
    covers: [
      'The input can change the meaning of the query: read, change or delete data',
      'Passing the input separately as a parameter, so that it is never read as part of the query',
      'Why filtering or escaping by hand is fragile',
      'Parts that cannot be parameters, such as a column to sort by, are chosen from a fixed list',
      'Database rights for the application kept small, as a second line',
      'Searching the rest of the code for the same fault',
    ],
    levels: [
      'Sees no danger, or thinks only of odd characters causing an error or of checking the input in the browser.',
      'Names injection but fixes it by removing quotes or forbidden words, and cannot say what an attacker would gain.',
      "Explains how the input changes the query, with an effect such as reading others' data, and fixes it with parameters.",
      'Also explains why parameters work and hand-made filters do not, treats sort columns with a fixed list, and limits database rights.',
      'Handles it as a class of fault: searches for other places, makes the unsafe way hard to use through a shared layer and automatic checks, looks for signs that it has been exploited, and sees the same pattern in shell commands or page output.',
    ],
    probes: [
      'The user may choose which column to sort by. How do you handle that?',
      'How would you find other places with the same fault?',
    ],
  },
  {
    slug: 'security-committed-secret',
    competency: 'security',
    difficulty: 'EASY',
    content:
      'You notice that a colleague has committed the password of a production system to the code repository. What should happen now?',
    covers: [
      'Treat it as known to others, and replace the password at once',
      'Deleting it in a new commit is not enough, because it stays in the history and in copies',
      'Tell those responsible promptly, and talk to the colleague without blame',
      'Check who had access and whether the password was used',
      'Move secrets to a proper store or configuration outside the code',
      'Prevent it: scanning before commit, and short-lived credentials',
    ],
    levels: [
      'Deletes the line in a new commit and considers it done, or looks away to protect the colleague.',
      'Sees that it remains in the history and wants to clean that up, but does not replace the password.',
      'Has the password replaced first, tells the responsible people, and then moves the secret out of the code.',
      'Also checks access logs for misuse, considers copies and build systems, and adds scanning to stop it from happening again.',
      'Judges urgency by who could see it and what it opens, replaces it without taking production down, uses the occasion to make secrets short-lived and easy to replace, and keeps the talk with the colleague such that the next person reports at once.',
    ],
    probes: [
      'The repository is private. Does this change what you do?',
      'Replacing the password would interrupt production. How do you proceed?',
    ],
  },
  {
    slug: 'security-other-peoples-invoices',
    competency: 'security',
    difficulty: 'MEDIUM',
    content:
      "Customers view their invoices at a web address that contains the invoice number. A tester changes the number and sees another customer's invoice. What is missing, and how would you make sure that this is fixed everywhere?",
    covers: [
      'Being signed in is checked, but not whether this user may see this invoice',
      'The check belongs on the server, for every request, close to the data',
      'Unguessable numbers help a little but are no substitute',
      'A central rule, such as loading only through the owner, so that it cannot be forgotten',
      'Tests with two customers for every kind of record, and a search for other places',
      'Finding out from logs whether it has been misused, and telling those who must know',
    ],
    levels: [
      'Hides or scrambles the number, or removes the link from the page, and thinks this solves it.',
      'Adds a check to this one page, without thinking of downloads, other calls or other kinds of record.',
      'Names the missing permission check on the server, ties each query to the signed-in customer, and looks for the same fault in other places.',
      'Also makes the check hard to forget through one central place, refuses by default, tests with two customers, and checks logs for misuse.',
      'Covers the full breadth: lists, exports, files, background jobs and support staff who may see more. Decides between "not found" and "forbidden" on purpose, handles the incident properly, and explains why people keep forgetting and how the design removes the chance.',
    ],
    probes: [
      'Would random invoice numbers be enough?',
      'Support staff must see all invoices. How does this fit in?',
      'How do you find out whether anybody used this before the tester did?',
    ],
  },
  {
    slug: 'security-staying-signed-in',
    competency: 'security',
    difficulty: 'MEDIUM',
    content:
      'After signing in, the browser has to prove on each request who the user is. How would you design that, and what happens when the user signs out or the proof is stolen?',
    covers: [
      'A random session id looked up on the server, or a signed token that carries its own content, with the trade-off',
      'Signing out and revoking: simple with a lookup, hard with a token that is valid by itself',
      'Keeping it in a cookie that scripts cannot read and that travels only encrypted',
      'Protection against requests started by other sites',
      'Limited life, renewal, and a new proof after sign-in',
      'Limiting a theft: noticing, ending all sessions, asking again for risky actions',
    ],
    levels: [
      'Sends the password or a plain user id with every request, or has no notion of how it could be forged or stolen.',
      'Names cookies or tokens, but chooses by fashion, and cannot say what signing out does or how a stolen one is stopped.',
      'Describes sessions or tokens with a limited life, stores them safely in the browser, and explains honestly what signing out achieves in that design.',
      'Also compares both on revoking, scale and simplicity, protects against requests from other sites, and deals with theft, for instance by ending all sessions.',
      'Chooses by need, often the plain session, knows that short-lived tokens with renewal move the problem instead of removing it, distinguishes theft by script from theft of a device, and demands fresh proof for dangerous actions.',
    ],
    probes: [
      'A user reports a stolen laptop. What can you do?',
      'Where would you keep it in the browser, and what is the risk there?',
    ],
  },
  {
    slug: 'security-vulnerable-package',
    competency: 'security',
    difficulty: 'MEDIUM',
    content:
      'Your product depends on about three hundred open-source packages, and one of them is reported to have a serious vulnerability. How do you decide how urgent it is, and what should have been in place beforehand?',
    covers: [
      'Where it is used: which products, versions, directly or through another package',
      'Whether an attacker can reach the faulty part in our use, and what they would gain',
      'Whether it is already being exploited, and whether a fix or workaround exists',
      'Acting: update, configure, block or remove, then test, release and check',
      'Beforehand: a list of what is used, automatic notices, regular small updates, quick releases',
      'Updates carry risk as well: breaking changes or a tampered package',
    ],
    levels: [
      'Updates everything at once without testing, or waits for someone to report an attack.',
      'Goes by the published score alone, or updates the package without finding out where it is used and whether it is reachable.',
      'Finds where it is used, judges whether it can be reached and what is at stake, updates or works around accordingly, and keeps a list of dependencies.',
      'Also handles indirect dependencies and the lack of a fix, looks for signs of exploitation, and updates regularly so that an urgent update is small.',
      'Is honest about uncertainty in judging what can be reached and lets exposure and cost of updating decide, has a practised path from notice to release with deadlines by severity, reduces what is depended on, and informs customers where needed.',
    ],
    probes: [
      'There is no fixed version yet. What can you do?',
      'Your judgement is that the faulty part cannot be reached. How sure must you be to wait?',
    ],
  },
  {
    slug: 'security-link-preview',
    competency: 'security',
    difficulty: 'HARD',
    content:
      'Before it is built, you are asked to review this feature: customers enter a web address, and our servers fetch the page and show a preview. Which threats do you see, and how would you design the feature to withstand them?',
    covers: [
      'Our server can be made to reach internal systems that the customer cannot reach',
      'Checking the address is not enough: redirects, names that point to internal addresses or change after the check, unusual notations',
      'Isolation: a separate fetcher with no access to the internal network and no credentials',
      'Limits: size, time, number of redirects, permitted schemes and ports, rate per customer',
      'Hostile content: scripts, images that attack the parser, text that misleads in the preview',
      'Being used to attack or scan others, learning from error messages, and keeping logs of use',
    ],
    levels: [
      'Sees only slow or broken pages as a problem, or trusts that customers enter honest addresses.',
      'Mentions one danger, such as malicious content, or blocks a list of internal addresses, without seeing how that is bypassed.',
      'Recognises that the server could be turned against internal systems, checks the resolved address also after redirects, and sets limits on size and time.',
      'Also moves fetching into an isolated component with no internal access, cleans what is shown, and explains why checks on the address alone fail.',
      'Orders threats by likelihood and damage, relies on isolation first and checks second, closes the gap between checking and connecting, limits misuse against third parties and what error messages reveal, and asks whether a smaller feature would serve.',
    ],
    probes: [
      'You check the address and it is fine, then you fetch it. How can that still go wrong?',
      'What does the fetcher need access to, and what not?',
      'Which smaller version of the feature would remove most of the risk?',
    ],
  },
  {
    slug: 'security-suspected-intrusion',
    competency: 'security',
    difficulty: 'HARD',
    content:
      'On a Friday evening there are signs that an outsider has had access to one of your production servers for several days. You are the most senior engineer available. What do you do in the first few hours?',
    covers: [
      'Call in those who must be involved: security, management, legal, and one person to lead',
      'Limit the damage while keeping evidence: isolate the server, take copies, do not wipe or simply restart',
      'Find the extent: how they came in, what the server could reach, which credentials were on it',
      'Replace credentials and close the way in, in an order that does not leave them another door',
      'A written timeline, and a channel the intruder cannot read',
      'Duties to inform customers and authorities, on facts rather than guesses; rebuild from a clean base',
    ],
    levels: [
      'Restarts or reinstalls the server and regards the matter as closed, or investigates alone without telling anyone.',
      'Takes the server offline and changes its password, but loses evidence and assumes that only this server is affected.',
      'Calls in the right people, isolates the server with evidence kept, looks for what it could reach and replaces those credentials.',
      'Also keeps a timeline, weighs shutting the intruder out at once against first learning the extent, watches for other ways back in, and involves legal early.',
      'Leads calmly under uncertainty: separates what is known from what is guessed, sets rhythm and roles for the night, closes all known doors together, decides openly how much service to sacrifice, and takes care that those working can rest and be relieved.',
    ],
    probes: [
      'Do you switch the server off? What speaks for and against it?',
      'Management asks whether customer data was taken, and you do not know. What do you say?',
      'How do you decide that it is over?',
    ],
  },
];
