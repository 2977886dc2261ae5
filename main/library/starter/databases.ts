import type { StarterQuestion } from './starter-question.ts';

export const databases: readonly StarterQuestion[] = [
  {
    slug: 'databases-index-basics',
    competency: 'databases',
    difficulty: 'EASY',
    content:
      'A query that finds all orders of one customer has become slow as the table grew. Explain how an index would help, and what it costs you.',
    covers: [
      'Without an index the database reads the whole table; with one it goes almost straight to the matching rows',
      'An index is an extra, ordered structure kept up to date by the database',
      'Costs: space, and slower inserts, updates and deletes',
      'It helps little when the condition matches a large share of the rows',
      'Checking with the query plan that the index is used',
      'Columns that are also sorted by or returned can influence the choice of index',
    ],
    levels: [
      'Cannot say what an index does beyond making things faster, or suggests indexing every column.',
      'Explains that the index avoids reading the whole table, but names no cost, or believes that it is used whatever the query looks like.',
      'Explains how the index finds the rows, names the cost in space and in writes, and would put it on the customer column.',
      'Also checks the query plan before and after, and knows cases in which the index does not help, such as matching most rows or wrapping the column in a function.',
      'Looks at the whole query: extends the index to cover sorting by date, weighs it against existing indexes and the write load, and considers how to add it to a large table in use.',
    ],
    probes: [
      'Why not simply put an index on every column?',
      'You added the index, but the query is still slow. What do you check?',
    ],
  },
  {
    slug: 'databases-transfer-transaction',
    competency: 'databases',
    difficulty: 'EASY',
    content:
      'Explain what a database transaction gives you, using a transfer of money between two accounts as the example. What could go wrong without one?',
    covers: [
      'Both changes happen or neither does',
      'A crash between the two steps would otherwise lose or create money',
      'Other users do not see, or act on, the half-finished state',
      'Once confirmed, the result survives a crash',
      'Rules such as no negative balance, checked within the transaction',
      'Two transfers at the same moment from the same account',
    ],
    levels: [
      'Confuses a transaction with a single query or a payment, or cannot say what would go wrong without it.',
      'Says that it is all or nothing but describes neither the crash in between nor what other users might see.',
      'Explains all or nothing with the crash between the two updates, and mentions that others do not see the middle and that a confirmed result is kept.',
      'Also discusses two transfers at once, such as both checking the same balance, and says that the check must be protected inside the transaction.',
      'Is exact about the limits: the protection depends on the isolation level, nothing outside the database is undone, such as a sent message, and a lost confirmation leaves the caller not knowing, so that retrying needs care.',
    ],
    probes: [
      'Two transfers from the same account start at the same moment. What protects the balance?',
      'The program sends an email inside the transaction, and then the transaction is rolled back. What now?',
    ],
  },
  {
    slug: 'databases-books-authors',
    competency: 'databases',
    difficulty: 'EASY',
    content:
      'You are storing books and authors. A book can have several authors, and an author can have several books. How would you lay out the tables, and how would you keep the data consistent?',
    covers: [
      'Three tables: books, authors and one linking them',
      'Keys for each table, and a unique pair in the linking table',
      'References checked by the database, so that a link cannot point to nothing',
      'Facts about the link belong in the linking table, such as the order of authors',
      'What happens to links when a book or an author is deleted',
      'Two authors may share a name, so a name is not a key',
    ],
    levels: [
      'Puts authors as a list of names in a text column of the book, or adds columns such as author one, two and three, and sees no drawback.',
      'Arrives at separate tables but can only express one direction, or leaves the linking table without keys or checks.',
      'Uses three tables with keys, a unique pair in the linking table and references checked by the database.',
      'Also places facts such as author order or role in the linking table, decides what deletion does and does not use names as keys.',
      'Asks how the data will be used and adapts: editions of the same work, names that change or are written differently, indexes for both directions, and is able to say when a simpler layout would do.',
    ],
    probes: [
      'Where would you store the order in which authors appear on the cover?',
      'What should happen when an author is deleted?',
    ],
  },
  {
    slug: 'databases-rename-column',
    competency: 'databases',
    difficulty: 'MEDIUM',
    content:
      'You need to rename a column in a large, busy table. The application runs on many servers and must not go down. Walk me through the steps.',
    covers: [
      'Old and new application versions run at the same time during a release',
      'Expand, move, contract: add the new column, write both, fill in old rows, read the new one, stop writing the old one, drop it',
      'Filling in old rows in small batches, watching load, locks and replication',
      'Checking that both columns agree before switching reads',
      'Every step can be released and undone by itself',
      'Others who use the column: reports, exports, other services',
    ],
    levels: [
      'Renames the column and releases the new application at once, and does not see that running servers would fail.',
      'Knows that it needs several steps but puts them in an order that breaks, for example reading the new column before it is filled, or suggests a maintenance window although it was ruled out.',
      'Gives a working order: add, write both, fill in, switch reading, stop writing the old one, drop, with a release between steps.',
      'Also fills in old rows in batches, checks that both columns agree, knows that some schema changes lock the table, and can go back at each step.',
      'Asks whether the rename is worth it or whether a view or a mapping in code would do, finds all other users of the column, covers rows written during the move, and waits with dropping until evidence shows nobody reads it.',
    ],
    probes: [
      'After which of your steps is going back no longer easy?',
      'Rows are being changed while you fill in the new column. How do you make sure that none is missed?',
      'How do you find out who else reads that column?',
    ],
  },
  {
    slug: 'databases-many-small-queries',
    competency: 'databases',
    difficulty: 'MEDIUM',
    content:
      'An endpoint that lists fifty invoices takes three seconds, although every single database query in it takes only a few milliseconds. What do you suspect, how would you find out, and how would you fix it?',
    covers: [
      'Suspicion: far too many queries, for example one or several per invoice',
      'Finding out by counting queries per request, tracing or logging, rather than guessing',
      'Round trips add up even when every query is fast',
      "Remedies: a join, one query for all the invoices' details, or loading ahead in the mapping layer",
      'Other suspects: waiting for a connection, slow building of the answer, a call to another service',
      'Preventing its return, for example with a test that limits the number of queries',
    ],
    levels: [
      'Adds an index or a bigger server although single queries are fast, or has no idea where three seconds could go.',
      'Suspects the database in general and mentions caching, or guesses at too many queries without a way to confirm it.',
      'Suspects one query per invoice, counts the queries in one request, and replaces them with a join or a query for all invoices at once.',
      'Also considers other causes, such as waiting for a connection, and tells them apart by tracing; knows that a careless join can multiply rows.',
      'Measures before and after, picks between join, batch and loading ahead by the data involved, questions whether the endpoint needs all that detail, and puts a guard in place so that it does not creep back.',
    ],
    probes: [
      'Tracing shows only three queries. Where do you look next?',
      'When would one large join be worse than a few separate queries?',
    ],
  },
  {
    slug: 'databases-varied-products',
    competency: 'databases',
    difficulty: 'MEDIUM',
    content:
      'A team is building a product catalogue in which different kinds of product have very different attributes. Someone proposes a document database instead of a relational one. How would you decide?',
    covers: [
      'How the data is used: which searches, filters, reports and updates',
      'Relational ways to handle varied attributes: a table per kind, or a structured column for the varying part',
      'What documents make easy: reading a product whole, and varied shape',
      'What they make harder: links between things, rules across records, changing many at once',
      'Shape is still needed somewhere; without a schema the code has to deal with every old form',
      'What the team already runs and knows, and the cost of a second database',
    ],
    levels: [
      'Picks one from habit or fashion, for example "documents scale better", with no reference to this catalogue.',
      'Notes that documents allow varied attributes, but takes this as the whole decision and does not ask how the data will be searched, linked or kept correct.',
      'Asks about searches, relations and rules, gives the strong and weak points of both for this catalogue, and reaches a reasoned choice.',
      'Also knows middle ways, such as common columns plus a structured column, considers how old forms of data are handled over time, and counts the cost of running another database.',
      'Tests the choice on the hardest expected queries and updates, separates the system that holds the truth from a search index fed by it, says what future fact would reverse the choice, and how costly reversal would be.',
    ],
    probes: [
      'Customers want to filter by any attribute. How does that affect your choice?',
      'An attribute is split into two. What happens to two million existing products?',
      'What would make you reverse your decision in a year?',
    ],
  },
  {
    slug: 'databases-budget-exceeded',
    competency: 'databases',
    difficulty: 'HARD',
    content:
      'Expense claims of a department may add up to ten thousand at most. Each claim is added in a transaction that sums up the existing claims, checks the limit and inserts the new one. Yet an audit finds departments over the limit. How is that possible, and how would you prevent it?',
    covers: [
      'Two transactions each see the old sum, both pass the check, and both insert',
      'They change different rows, so row locks and many isolation levels do not notice',
      'Remedies: true serialisable isolation with retries, a lock on the department row, or a stored total changed by a conditional update',
      'What each remedy costs in waiting, retries or extra data to keep right',
      'Other causes to rule out: claims changed later, other code paths, a limit that was lowered',
      'Proving it with a test, and repairing the data already there',
    ],
    levels: [
      'Believes that a transaction alone rules this out and so blames bad input, or moves the check into the application.',
      'Suspects that two claims came in at once, but offers a remedy that does not help, such as repeating the check or locking only the rows that exist.',
      'Explains how both transactions pass the check on the same old sum, and gives one remedy that works, such as locking the department row or serialisable isolation.',
      'Compares several remedies by their effect on waiting and retries, explains why locking existing claims does not stop new ones, and rules out other code paths that skip the check.',
      'Shows how to prove it with two sessions, chooses by how contested departments are, knows that names of isolation levels promise different things in different databases, and settles with the business what to do about past excess and whether a firm limit is needed.',
    ],
    probes: [
      'Why does locking the claims that you have summed up not help?',
      'With serialisable isolation, what must the application be ready for?',
      'How would you demonstrate the fault to a doubting colleague?',
    ],
  },
  {
    slug: 'databases-split-the-data',
    competency: 'databases',
    difficulty: 'HARD',
    content:
      'Your main relational database is close to what the largest available machine can do. How would you decide whether to split the data over several databases, by which key would you split it, and how would you get there safely?',
    covers: [
      'First find what is exhausted, and use cheaper relief: queries, indexes, archiving, read copies, moving one subject elsewhere',
      'Choosing the key by how data is used together, how evenly it spreads and how it grows, for example by customer',
      'What is lost or becomes hard: joins, transactions, unique values and reports across parts',
      'Very large customers and hot spots, and moving data between parts later',
      'Getting there: routing layer, copying, writing to both, comparing, switching gradually, going back',
      'Operating many databases: backups, schema changes, monitoring',
    ],
    levels: [
      'Splits by id or by first letter without asking how the data is used, or treats splitting as a setting to be switched on.',
      'Names splitting by customer or by hash, but skips cheaper relief and does not say what queries and transactions become harder.',
      'Checks what is exhausted and tries cheaper relief, picks a key by how data is used together, names the lost abilities and outlines a gradual move.',
      'Also handles outsized customers and moving data later, plans the switch with comparison and a way back, and designs for reports and unique values across parts.',
      'Estimates how long each measure lasts, makes the application follow the key before any data moves, tests the key against real query logs, keeps the number of parts easy to change, and says when not to split at all.',
    ],
    probes: [
      'One customer makes up a third of all data. What do you do?',
      'How would you check your choice of key before moving any data?',
      'Which features of the product might have to change?',
    ],
  },
];
