/** What a new policy starts from: one rule of each kind. */
export const examplePolicy = `policy: house-rules
description: Where we start from.
time_zone: Europe/London
rules:
  - rule: low risk may go
    when: action.risk == "low"
    effect: allow
    because: It can be taken back and few would feel it.
  - rule: two people for the core
    when: action.entity_type in ["ROUTER", "SWITCH", "OLT"] || blast.entities > 50
    effect: approvals
    approvals: 2
    because: The core carries everybody.
  - rule: supervisors decide what is risky
    when: action.risk == "high"
    effect: approver_roles
    roles: [supervisor, cto]
    because: Somebody with the whole picture.
  - rule: best customers by hand
    when: blast.best_tier == "PLATINUM"
    effect: by_hand_only
    because: A person looks first.
  - rule: no change at the weekend
    when: time.weekday >= 6 && action.risk != "low"
    effect: forbid
    because: Nobody is there to help.
  - rule: not too often
    effect: limit
    executions: 3
    per: entity
    minutes: 60
    because: What needs a fourth time needs a person.
`;
