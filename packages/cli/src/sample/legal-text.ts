import type { DocumentType } from './truth.ts'

/** One point of a document: what it says, how a good summary puts it, and how a summary gets it wrong or makes it misleading. */
export interface LegalPoint {
  name: string
  clause: string
  right: string
  wrong: string
  misleading: string
}

/** Documents by type, as the points that an attorney wants in a summary. `{…}` is filled alike in document and summary. */
export const legalDocuments: Record<DocumentType, { title: string; opening: string; points: readonly LegalPoint[] }> = {
  nda: {
    title: 'Non-disclosure agreement',
    opening: 'The parties agree to keep what they exchange about a joint project to themselves.',
    points: [
      {
        name: 'term',
        clause: '§ 2 The duty of confidentiality ends {years} years after the end of the project.',
        right: 'Confidentiality lasts for {years} years after the project ends.',
        wrong: 'Confidentiality ends on the day on which the project ends.',
        misleading: 'Confidentiality lasts for {years} years.',
      },
      {
        name: 'exceptions',
        clause: '§ 3 Excepted is what was public, was known before, or must be disclosed by order of a court.',
        right: 'Public, previously known and court-ordered information is excepted.',
        wrong: 'There are no exceptions.',
        misleading: 'Information that one considers public is excepted.',
      },
      {
        name: 'penalty',
        clause: '§ 5 For each wilful breach a penalty of {amount} falls due; damages remain reserved.',
        right: 'Each wilful breach costs {amount}, and damages can be claimed on top.',
        wrong: 'All breaches together cost at most {amount}.',
        misleading: 'A breach costs {amount}.',
      },
      {
        name: 'return',
        clause: '§ 6 Documents are returned or destroyed within {days} days of a request.',
        right: 'On request, documents are returned or destroyed within {days} days.',
        wrong: 'Documents may be kept for reference.',
        misleading: 'Documents are to be returned at some point.',
      },
    ],
  },
  lease: {
    title: 'Lease of a flat',
    opening: 'The landlord lets a flat of three rooms to the tenant for an indefinite time.',
    points: [
      {
        name: 'rent',
        clause: '§ 1 The monthly rent is {amount}, due on the third working day, plus an advance for heating.',
        right: 'Rent is {amount} a month plus heating, due on the third working day.',
        wrong: 'Rent is {amount} a month with heating included.',
        misleading: 'The flat costs {amount} a month.',
      },
      {
        name: 'notice',
        clause: '§ 4 The tenant may give notice of {months} months to the end of a month; the landlord only for cause.',
        right: 'The tenant can leave with {months} months’ notice; the landlord needs a cause.',
        wrong: 'Either side can end the lease with {months} months’ notice, without a cause.',
        misleading: 'The lease can be ended with {months} months’ notice.',
      },
      {
        name: 'deposit',
        clause: '§ 5 The deposit of three rents may be paid in three instalments and bears interest.',
        right: 'A deposit of three rents is due, payable in three instalments and with interest.',
        wrong: 'A deposit of two rents is due before moving in.',
        misleading: 'The deposit has to be paid before moving in.',
      },
      {
        name: 'repairs',
        clause: '§ 8 The tenant bears small repairs up to {cap} each and {yearly} a year.',
        right: 'The tenant pays small repairs up to {cap} each and {yearly} a year.',
        wrong: 'The tenant pays for all repairs.',
        misleading: 'Repairs up to {cap} are paid by the tenant.',
      },
      {
        name: 'subletting',
        clause: '§ 11 Subletting a room needs consent, which may be refused only for an important reason.',
        right: 'Subletting a room needs consent, which must not be refused without an important reason.',
        wrong: 'Subletting is forbidden.',
        misleading: 'Subletting is up to the landlord.',
      },
    ],
  },
  employment: {
    title: 'Contract of employment',
    opening: 'The employer engages the employee as an analyst from the first of the month.',
    points: [
      {
        name: 'probation',
        clause: '§ 1 The first {months} months are a probation with two weeks’ notice.',
        right: 'The first {months} months are a probation with two weeks’ notice.',
        wrong: 'There is no probation.',
        misleading: 'Notice is two weeks.',
      },
      {
        name: 'hours',
        clause: '§ 3 Weekly hours are 38; overtime above 5 hours is paid or given as time off.',
        right: 'The week has 38 hours; overtime above 5 hours is paid or given as time off.',
        wrong: 'The week has 40 hours, and overtime is covered by the salary.',
        misleading: 'Overtime is paid.',
      },
      {
        name: 'bonus',
        clause: '§ 4 A bonus of up to {amount} depends on goals that are agreed each year, and is no claim for later years.',
        right: 'A yearly bonus of up to {amount} depends on agreed goals and creates no claim for later years.',
        wrong: 'A yearly bonus of {amount} is guaranteed.',
        misleading: 'The employee receives a bonus of {amount}.',
      },
      {
        name: 'competition',
        clause: '§ 9 For 12 months after the end no work for direct competitors, against half of the last salary.',
        right: 'Working for direct competitors is barred for 12 months, against half of the last salary.',
        wrong: 'Working in the industry is barred for 24 months.',
        misleading: 'Working for competitors is barred.',
      },
      {
        name: 'leave',
        clause: '§ 6 Yearly leave is {days} days; what is left expires on 31 March of the next year.',
        right: 'Leave is {days} days a year; the rest expires on 31 March.',
        wrong: 'Leave is {days} days a year and can be saved without limit.',
        misleading: 'Leave is generous.',
      },
    ],
  },
  judgment: {
    title: 'Judgment of a regional court',
    opening: 'The court decides a dispute over defects of a roof between a builder and an owner.',
    points: [
      {
        name: 'outcome',
        clause: '1. The defendant shall pay {amount} to the plaintiff; for the rest the action is dismissed.',
        right: 'The defendant must pay {amount}; the rest of the action is dismissed.',
        wrong: 'The action is dismissed in full.',
        misleading: 'The plaintiff wins.',
      },
      {
        name: 'costs',
        clause: '2. Of the costs the plaintiff bears one third and the defendant two thirds.',
        right: 'The plaintiff bears one third of the costs, the defendant two thirds.',
        wrong: 'The defendant bears all costs.',
        misleading: 'The costs are shared.',
      },
      {
        name: 'limitation',
        clause: '14. The claim is not barred, as the defect was concealed, so that the period began with its discovery.',
        right: 'The claim is not time-barred, because a concealed defect starts the period at its discovery.',
        wrong: 'The claim is time-barred after {years} years.',
        misleading: 'Claims for defects are not time-barred.',
      },
      {
        name: 'evidence',
        clause: '21. The expert found the sealing too thin; that rain was unusual was not proved by the defendant.',
        right: 'An expert found the sealing too thin; the defendant did not prove that the rain was unusual.',
        wrong: 'The expert blamed the unusual rain.',
        misleading: 'An expert was heard on sealing and rain.',
      },
      {
        name: 'obiter',
        clause: '27. Whether the buyer of a used house is protected alike can be left open here.',
        right: 'Whether buyers of used houses are protected alike is left open.',
        wrong: 'Buyers of used houses are protected alike.',
        misleading: 'The court speaks of buyers of used houses.',
      },
      {
        name: 'appeal',
        clause: '30. An appeal is admitted and must be filed within {days} days of service.',
        right: 'An appeal is admitted, within {days} days of service.',
        wrong: 'No appeal is possible.',
        misleading: 'An appeal is admitted.',
      },
    ],
  },
  privacy_policy: {
    title: 'Privacy policy of a fitness app',
    opening: 'The provider of a fitness app explains which data it handles, and why.',
    points: [
      {
        name: 'purpose',
        clause: '2. Heart rate and location are used to plan training, and for research only with consent.',
        right: 'Heart rate and location serve training plans, and research only with consent.',
        wrong: 'Heart rate and location are used for research by default.',
        misleading: 'Heart rate and location are used for research.',
      },
      {
        name: 'sharing',
        clause: '4. Data go to the payment service and to the host in the same country; nothing is sold.',
        right: 'Data go to the payment service and a domestic host; nothing is sold.',
        wrong: 'Data may be sold to partners.',
        misleading: 'Data are shared with others.',
      },
      {
        name: 'retention',
        clause: '6. Training data are erased {months} months after the last sign-in, invoices after ten years.',
        right: 'Training data are erased {months} months after the last sign-in, invoices after ten years.',
        wrong: 'All data are kept for ten years.',
        misleading: 'Data are erased after {months} months.',
      },
      {
        name: 'rights',
        clause: '8. Users may ask for a copy, correction and erasure, answered within one month.',
        right: 'Users can ask for a copy, correction and erasure, and get an answer within a month.',
        wrong: 'Users can ask for a copy once a year for a fee.',
        misleading: 'Users can ask questions about their data.',
      },
    ],
  },
  supply: {
    title: 'Framework agreement on supply',
    opening: 'A supplier delivers packaging to a producer on call for {years} years.',
    points: [
      {
        name: 'volume',
        clause: '§ 2 The producer takes at least {days} pallets a quarter, or pays one fifth of their price.',
        right: 'At least {days} pallets are taken a quarter, or a fifth of their price is due.',
        wrong: 'There is no minimum volume.',
        misleading: 'About {days} pallets are taken a quarter.',
      },
      {
        name: 'price',
        clause: '§ 3 Prices follow the paper index once a year, by 8 % at most.',
        right: 'Prices follow the paper index yearly, by at most 8 %.',
        wrong: 'Prices are fixed for the whole term.',
        misleading: 'Prices may rise.',
      },
      {
        name: 'delay',
        clause: '§ 6 For each day of delay 0.5 % of the call, up to 5 %; the right to withdraw stays.',
        right: 'Delay costs 0.5 % of the call a day, up to 5 %, and leaves the right to withdraw.',
        wrong: 'Delay costs 5 % of the call a day.',
        misleading: 'Delay costs 5 %.',
      },
      {
        name: 'liability',
        clause: '§ 9 Liability is limited to {amount} a year, except for intent, gross negligence and injury.',
        right: 'Liability is limited to {amount} a year, except for intent, gross negligence and injury.',
        wrong: 'Liability is excluded.',
        misleading: 'Liability is limited to {amount}.',
      },
      {
        name: 'termination',
        clause: '§ 12 Either side may end the agreement with {months} months’ notice to the end of a quarter.',
        right: 'Either side can end it with {months} months’ notice to the end of a quarter.',
        wrong: 'It cannot be ended before its term.',
        misleading: 'It can be ended at short notice.',
      },
    ],
  },
}
