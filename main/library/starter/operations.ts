import type { StarterQuestion } from './starter-question.ts';

export const operations: readonly StarterQuestion[] = [
  {
    slug: 'operations-healthy-service',
    competency: 'operations',
    difficulty: 'EASY',
    content:
      'You have just put a new web service into production. What would you watch to know that it is healthy, and what should wake somebody up at night?',
    covers: [
      'What users notice: errors, slowness, and whether requests succeed at all',
      'Amount of traffic, since silence can be a fault too',
      'Resources near their limit: memory, disk, connections, queue lengths',
      'Wake people only for harm to users, or harm that is near and that they can act on',
      'Other signals go to a dashboard or a ticket',
      'A check from outside, in case the whole service and its monitoring are down',
    ],
    levels: [
      'Would look at the logs from time to time or wait for users to complain, or would alert on every error.',
      'Watches machine figures such as processor load and memory, but nothing that shows whether users are being served, and alerts on all of them.',
      'Watches errors, response times and traffic along with key resources, and wakes people only when users are affected.',
      'Also explains levels and durations for alerts, looks at slow requests rather than averages, and checks from outside.',
      'Starts from what users need from this service, includes results that are wrong though answered in time, gives each alert a reason and a first action, and would revise the alerts after the first weeks.',
    ],
    probes: [
      'The processor is at ninety per cent and all else looks normal. Do you wake anyone?',
      'Why can an average response time mislead you?',
    ],
  },
  {
    slug: 'operations-errors-after-release',
    competency: 'operations',
    difficulty: 'EASY',
    content: 'Ten minutes after a release, the number of errors jumps. What do you do, and in what order?',
    covers: [
      'Confirm it quickly: how many users, which function, did it begin with the release',
      'Stop the harm first, usually by going back to the previous version or turning the feature off',
      'Tell the team and those affected',
      'Check that going back is safe, for example when data has changed shape, and that it helped',
      'Search for the cause afterwards, on evidence that was kept',
      'Learn from it: a test, a check in the release process',
    ],
    levels: [
      'Starts debugging in production or waits for it to settle, while users keep seeing errors, or looks for someone to blame.',
      'Would go back at some point, but only after trying to find the cause or write a quick fix, and informs nobody.',
      'Checks that the release is the likely cause, goes back promptly, confirms recovery, tells people, and then looks for the cause.',
      'Also considers whether going back is safe with changed data, uses a switch when that is quicker, and keeps evidence for later.',
      'Weighs going back against a forward fix by harm and risk, has someone coordinate while another works, plans what to do if going back does not help, and improves the release process so that fewer users would meet such a fault.',
    ],
    probes: [
      'You went back to the old version, but the errors continue. What now?',
      'When would you fix forward instead of going back?',
    ],
  },
  {
    slug: 'operations-useful-logs',
    competency: 'operations',
    difficulty: 'EASY',
    content:
      'What makes a log entry useful when you are hunting a problem at three in the morning? And what should never be in a log?',
    covers: [
      'What happened, when, where, and to which request or record',
      'An identifier that ties together all entries of one request, across services',
      'A fixed structure that can be searched',
      'Sensible levels: errors that mean something, little noise',
      'Enough cause and context to act on, without having to read the code',
      'Never passwords, keys, card numbers or needless personal data',
    ],
    levels: [
      'Thinks of logs as printing text while developing, and has no idea what would help or what must stay out.',
      'Mentions time and message, and perhaps passwords as forbidden, but the example entries would say little, such as "something failed".',
      'Names time, request identifier, what was attempted and why it failed, in a searchable form, and keeps secrets and personal data out.',
      'Also uses levels with meaning, follows a request across services, and avoids floods of entries that bury the important one.',
      'Writes for the reader who knows nothing of the code, has secrets removed by design instead of by memory, weighs cost and how long logs are kept, and says when a measurement or a trace is better than a log.',
    ],
    probes: [
      'How would you make sure that no password ever gets into the logs?',
      'A loop logs the same error a thousand times a second. What would you do about that?',
    ],
  },
  {
    slug: 'operations-risky-rollout',
    competency: 'operations',
    difficulty: 'MEDIUM',
    content:
      'You are about to release a risky change to a service with millions of users. How would you roll it out so that a mistake harms as few people as possible?',
    covers: [
      'Deploying the code separately from turning on the feature',
      'Small steps: own staff, one per cent, ten per cent and so on, with pauses',
      'Deciding beforehand what to measure and what makes you stop',
      'Comparing those with the change to those without',
      'A quick and tested way back, including data written by the new version',
      'Choosing the first group so that it is representative and consistent',
    ],
    levels: [
      'Tests well, releases to everyone at a quiet hour and watches, with no smaller steps.',
      'Releases to a small share first, but does not say what to measure or how to go back, or moves on after a short look.',
      'Uses a switch or gradual rollout with set steps, watches errors and response times, and goes back when they worsen.',
      'Also sets the stop conditions in advance, compares with an unchanged group, keeps data readable by both versions, and waits long enough for slow effects.',
      'Shapes the change itself to be less risky, such as running it in the shadow or splitting it, knows that one per cent may be too few to show rare faults, automates the stop, and removes the switch afterwards.',
    ],
    probes: [
      'At one per cent everything looks fine. How sure can you be?',
      'The new version writes data that the old version cannot read. What do you do?',
    ],
  },
  {
    slug: 'operations-too-many-alerts',
    competency: 'operations',
    difficulty: 'MEDIUM',
    content:
      'The engineer on call receives about sixty alerts a week, and most need no action. How would you change that?',
    covers: [
      'The danger: people stop looking, real problems are missed, and people burn out',
      'Going through recent alerts one by one: was action needed, what was done',
      'Removing, merging, or turning into tickets those that need no prompt action',
      'Alerting on harm to users rather than on every possible cause',
      'Fixing the causes of repeated alerts, with time set aside for it',
      'A rule for new alerts, and regular review so that it stays good',
    ],
    levels: [
      'Regards it as part of the job, hires more people for on-call, or mutes alerts without looking at them.',
      'Raises levels or delays until it becomes quiet, with no check of which alerts matter and what might now be missed.',
      'Reviews the alerts by usefulness, deletes or downgrades those with no action, groups duplicates and fixes the most frequent causes.',
      'Also moves towards alerts on symptoms that users notice, gives each a first action and an owner, and tracks the number per shift.',
      'Makes it last: agreed limits on load per shift with a consequence when exceeded, time for fixing causes, a check against past incidents that nothing important is lost, and care for those on call meanwhile.',
    ],
    probes: [
      'How do you make sure that you are not silencing the one alert that matters?',
      'Another team owns the cause of most of the alerts. What do you do?',
    ],
  },
  {
    slug: 'operations-deleted-table',
    competency: 'operations',
    difficulty: 'MEDIUM',
    content:
      'Somebody might one day delete an important table in the production database by mistake. How would you make sure that you can recover?',
    covers: [
      'Backups plus a log of changes, to return to a moment just before the mistake',
      'A live copy does not help here, because the deletion is copied too',
      'How much data may be lost and how long recovery may take, agreed beforehand',
      'Restoring is practised regularly and timed; a backup never restored is only a hope',
      'Backups kept apart, with separate rights, against malice as well as error',
      'Prevention: limited rights, review, delayed deletion',
    ],
    levels: [
      'Relies on copies of the database or on the hosting provider, and does not see that a deletion reaches the copies as well.',
      'Has daily backups, but no idea how long restoring takes, whether it works or what happens to changes since the backup.',
      'Combines backups with a change log to restore to a chosen moment, practises restoring, and limits who can delete.',
      'Also agrees tolerable loss and duration, restores a single table beside the running database and merges newer changes, and keeps backups under separate rights.',
      'Thinks the whole incident through: noticing late, stopping writes or not, links between restored and newer data, duties to delete personal data which is still in backups, and regular unannounced rehearsals with measured times.',
    ],
    probes: [
      'The mistake is noticed three days later, and users have kept working. What now?',
      'How do you know that your backups work?',
    ],
  },
  {
    slug: 'operations-will-not-recover',
    competency: 'operations',
    difficulty: 'HARD',
    content:
      'A database was slow for two minutes. That ended twenty minutes ago, but the service in front of it is still overloaded and does not recover by itself. How can that be? How would you get out of it, and how would you prevent it?',
    covers: [
      'The overload feeds itself: retries, users reloading, queues of stale work, cold caches, restart loops',
      'Work is done for callers who have already given up, so useful output stays low',
      'Getting out: cut the load below capacity, shed or block requests, empty queues, switch off retries, then let traffic back slowly',
      'Adding capacity may not help, or may press harder on the database',
      'Prevention: limited retries with growing, random pauses, time limits that fit together, bounded queues, early refusal',
      'Testing recovery from overload, and not only peak load',
    ],
    levels: [
      'Looks for a fault still present in the database, or restarts everything at once repeatedly and hopes.',
      'Suspects retries or backed-up requests, but the way out is only more servers or waiting, and prevention stays general.',
      'Explains how retries or queues keep up the overload after the cause has gone, sheds load to recover, and limits retries and queues for the future.',
      'Also sees that effort goes into requests nobody waits for, lets traffic back in steps, and considers cold caches and connections opened all at once.',
      'Describes it as a second stable state that only a cut in load can leave, decides which traffic to drop first by its worth to users, limits retries across all layers together, and proves by overload tests that the system returns by itself.',
    ],
    probes: [
      'Why might adding servers make it worse?',
      'Which requests would you drop first, and how?',
      'Three layers each retry three times. What does the database see?',
    ],
  },
  {
    slug: 'operations-reliability-target',
    competency: 'operations',
    difficulty: 'HARD',
    content:
      'Product managers want faster releases, and those who run the service want fewer incidents. Both have a point. How would you set a target for reliability, and use it to settle such disagreements?',
    covers: [
      'The target follows from what users notice and need, not from what is technically possible',
      'Every further step of reliability costs much more, and perfection is the wrong aim',
      "Choosing a measure close to the user's experience, such as the share of good requests over some weeks",
      'What is left below one hundred per cent is a budget for risk, to be spent on releases',
      'An agreement made beforehand on what happens when it is used up, backed by those in charge',
      'Limits of the scheme: dependencies, rare large incidents, different users, figures that look good',
    ],
    levels: [
      'Takes one side, or demands as many nines as possible, without a link to users or cost.',
      'Proposes a percentage of uptime, but cannot say where the number comes from or what happens when it is missed.',
      "Derives a target from user needs, measures it at the user's side, and uses the remaining allowance to decide between features and stability.",
      'Also settles in advance who decides and what changes when the allowance is spent, uses spare allowance to release faster, and considers dependencies.',
      'Treats it as a negotiation tool that must earn trust: starts with present performance, tries the rule on past quarters, sets different targets for different journeys, sees that safer releases serve both sides, and changes the target when it does not match what users say.',
    ],
    probes: [
      'The allowance is used up, and a large customer needs a feature next week. What happens?',
      'The figures meet the target, but users complain. What do you conclude?',
      'You depend on a service less reliable than your target. What are your options?',
    ],
  },
];
