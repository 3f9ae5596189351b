/** One kind of customer question: how it is asked, what the handbook says, and what a good reply contains. */
export interface SupportTopic {
  name: string
  openings: readonly string[]
  followUps: readonly string[]
  /** What is true, as the retrieved article says it, and a wrong version that a model may invent. */
  fact: string
  wrongFact: string
  article: string
  /** The steps of a complete solution, of which a poor reply tells few. */
  steps: readonly string[]
  tool?: { name: string; result: string }
}

export const supportTopics: readonly SupportTopic[] = [
  {
    name: 'refund',
    openings: [
      'I bought the {product} [two weeks|ten days|a month] ago and it just does not fit my {room}. Can I still get my money back?',
      'How long do I have to return order {order}? I [lost|threw away] the box.',
      'I want a refund for the {product}. I only used it once.',
      'what is your refund policy?? I ordered the wrong colour of the {product}',
    ],
    followUps: [
      'And who pays for sending it back?',
      'When will I see the money in my account?',
      'Does that also hold if I bought it [in the sale|with a gift card]?',
    ],
    fact: 'You can return it within 30 days of delivery for a full refund, as long as it is unused or only tried out.',
    wrongFact: 'You can return anything within 90 days, used or not, and we refund twice the shipping cost as an apology.',
    article:
      'Returns. Goods may be returned within 30 days of delivery if unused or only tried out. The original box is not required. Refunds are paid within 5 working days of receipt. Return shipping costs 4.90 unless the item is faulty.',
    steps: [
      'Open "My orders", choose order {order} and press "Return item".',
      'You do not need the original box; any sturdy carton will do.',
      'Print the label from the e-mail and hand the parcel in at any collection point.',
      'We refund the amount to your original payment method within 5 working days of receiving it.',
    ],
    tool: { name: 'lookup_order', result: '{"order":"{order}","status":"delivered","delivered_on":"{date}","returnable":true}' },
  },
  {
    name: 'late-delivery',
    openings: [
      'My order {order} should have arrived on {date}. Where is it?',
      'still waiting for the {product}, tracking has not moved for [three|four|five] days 😠',
      'The courier says the parcel for {city} was delivered, but nobody rang and nothing is here.',
      'Could you tell me when my {product} is going to be delivered? I took a day off for it.',
    ],
    followUps: ['Can you send it to my neighbour instead?', 'And what if it is lost?', 'Can I just cancel it then?'],
    fact: 'If a parcel is more than 5 working days late we open a trace with the carrier, and send a replacement if it is not found in 3 days.',
    wrongFact: 'Parcels are never traced before 30 days, so there is nothing to be done until then.',
    article:
      'Late parcels. After 5 working days a trace is opened with the carrier. If the parcel is not found in 3 days a replacement is sent free of charge, or the order is refunded at the customer’s choice.',
    steps: [
      'I have checked the tracking: the parcel is in the depot at {city}.',
      'Please look at the shipping address in "My orders" and confirm that it is complete.',
      'I have opened a trace with the carrier, which takes at most 3 working days.',
      'If it is not found, you choose between a replacement and a refund.',
    ],
    tool: { name: 'track_parcel', result: '{"order":"{order}","carrier":"Parcelway","last_scan":"{city} depot","days_late":6}' },
  },
  {
    name: 'damaged',
    openings: [
      'The {product} arrived with a [crack|dent|scratch] right across the front. What now?',
      'One leg of the {product} is broken, I have not even assembled it yet.',
      'hi, parcel was open and the {product} is scratched. I have photos 📷',
    ],
    followUps: [
      'Do I have to send the broken one back?',
      'I would rather keep it for less money. Is that possible?',
      'How long does the replacement take?',
    ],
    fact: 'Transport damage can be reported within 14 days, and a replacement is free.',
    wrongFact: 'Damage has to be reported to the courier at the door; afterwards we cannot help.',
    article:
      'Transport damage. Report within 14 days with a photo. Replacement part or item is free of charge; items above 20 kg are collected. A discount of up to 25 % is possible if the customer keeps the item.',
    steps: [
      'Please reply with one photo of the damage and one of the parcel label.',
      'I have reserved a replacement {product} for you.',
      'Our carrier collects the damaged one when it brings the new one, so you do not have to pack it.',
      'If you would rather keep it, I can offer a discount of up to 25 % instead.',
    ],
  },
  {
    name: 'warranty',
    openings: [
      'My {product} stopped working after [eleven|fourteen|twenty] months. Is there a warranty?',
      'The motor of the {product} makes a grinding noise. It is from last year.',
      'Is a worn hinge on the {product} covered?',
    ],
    followUps: ['I cannot find the invoice any more.', 'Would a repair cost anything?', 'Can I have it repaired in {city}?'],
    fact: 'The {product} has a warranty of 24 months from delivery, which covers material and manufacturing faults.',
    wrongFact: 'The {product} has a lifetime warranty that also covers wear and accidents.',
    article:
      'Warranty. 24 months from delivery on material and manufacturing. Wear, accidents and commercial use are excluded. The order number is proof of purchase.',
    steps: [
      'Your order number {order} is proof enough; you do not need the invoice.',
      'Please send a short video of the fault, so that we can order the right part.',
      'Repair, parts and transport are free during the warranty.',
      'If it cannot be repaired in 14 days, you receive a new one.',
    ],
  },
  {
    name: 'change-order',
    openings: [
      'I typed the wrong house number for order {order}. Can you change it?',
      'can i swap the {product} for the grey one before it ships',
      'Please cancel order {order}, I ordered twice by mistake.',
    ],
    followUps: [
      'It already says "packed". Is it too late?',
      'Will I be charged twice?',
      'Thanks. Can I add a second one while you are at it?',
    ],
    fact: 'An order can be changed or cancelled until it is handed to the carrier.',
    wrongFact: 'An order can never be changed once it is paid.',
    article:
      'Changing an order. Until handover to the carrier the address, the colour and the quantity can be changed in "My orders". Afterwards delivery can be refused free of charge.',
    steps: [
      'I have put order {order} on hold for the next two hours.',
      'Open "My orders", press "Change" and enter the right details.',
      'You will get a new confirmation by e-mail within a few minutes.',
      'If it has shipped all the same, refuse the parcel and we refund it in full.',
    ],
    tool: { name: 'hold_order', result: '{"order":"{order}","held_until":"18:00","handed_to_carrier":false}' },
  },
  {
    name: 'payment',
    openings: [
      'I was charged twice for the {product}!',
      'My card was declined [three times|twice] but the bank says everything is fine.',
      'Why is there a reservation of {amount} on my account although I cancelled?',
    ],
    followUps: ['My bank says it cannot see any release.', 'Can I pay by invoice instead?', 'How do I know that it will not happen again?'],
    fact: 'A second amount is a reservation, which the bank releases within 7 days; only one is ever collected.',
    wrongFact: 'Both amounts are collected, and you have to dispute one of them with your bank.',
    article:
      'Payments. A failed attempt leaves a reservation that the bank releases within 7 days. Only one amount is collected. Card payments need confirmation in the bank’s app.',
    steps: [
      'I have checked order {order}: only one payment of {amount} was collected.',
      'Please confirm the payment in your bank’s app when you try again.',
      'If the reservation is still there after 7 days, send us the statement and we ask the bank.',
      'You can also switch to invoice in the last step of the order.',
    ],
  },
  {
    name: 'assembly',
    openings: [
      'The screws for the {product} do not fit the holes on page 4.',
      'How do I get the drawers of the {product} to close properly?',
      'The manual for the {product} is missing, can you send me one?',
    ],
    followUps: ['Step 7 shows a part I do not have.', 'Do I need a drill for the wall fixing?', 'It wobbles a bit, is that safe?'],
    fact: 'The long screws go into the side panels and the short ones into the back, and it has to be fixed to the wall.',
    wrongFact: 'All screws are the same length, and fixing it to the wall is optional decoration.',
    article:
      'Assembly of storage furniture. Long screws: side panels; short screws: back. Furniture above 75 cm must be fixed to the wall. Missing parts are sent by letter within 2 days.',
    steps: [
      'Sort the screws first: eight long ones, twelve short ones.',
      'Tighten everything only at the end, when the frame stands square.',
      'You find the manual as a PDF on the page of the {product} under "Documents".',
      'If a part is missing, tell me its number and I send it by letter today.',
    ],
  },
  {
    name: 'account',
    openings: [
      'I cannot log in, the reset e-mail never arrives.',
      'Somebody changed the e-mail address of my account. I am worried.',
      'please delete my account and all data about me',
    ],
    followUps: ['I checked spam, there is nothing.', 'Which data do you keep?', 'Do I lose my open orders then?'],
    fact: 'A reset link is valid for one hour, and only the newest one works.',
    wrongFact: 'Passwords cannot be reset; you have to open a new account.',
    article:
      'Accounts. Reset links are valid for one hour and only the newest works. Deletion takes up to 30 days; invoices are kept as the law demands.',
    steps: [
      'I have sent a new link; please use only this newest one.',
      'Add our address to your contacts, as some providers sort the mail out.',
      'Afterwards sign out all other devices under "Security".',
      'You can see and delete your data under "Privacy" at any time.',
    ],
  },
  {
    name: 'discount',
    openings: [
      'The code WELCOME10 does not work for the {product}.',
      'Can I use two vouchers for one order?',
      'I forgot to enter my voucher with order {order}. Can you still apply it?',
    ],
    followUps: ['It says "not valid for this item".', 'Until when is it valid?', 'Is there anything else you can offer?'],
    fact: 'One voucher can be used for each order, and not on items that are already reduced.',
    wrongFact: 'Vouchers can be combined without limit, on reduced items too.',
    article: 'Vouchers. One per order, not on reduced items, valid for 12 months. Can be applied afterwards within 24 hours of the order.',
    steps: [
      'The {product} is reduced at the moment, which is why the code is refused.',
      'The code stays valid, so that you can use it for your next order.',
      'Within 24 hours of ordering I can still add a voucher to a full-price item.',
    ],
  },
  {
    name: 'stock',
    openings: [
      'When will the {product} be back in stock?',
      'Do you have the {product} in {city}, so that I can look at it?',
      'How deep is the {product}? My {room} is tiny.',
    ],
    followUps: ['Can you reserve one for me?', 'Is there something similar?', 'Does it come in oak too?'],
    fact: 'New stock of the {product} arrives in about three weeks, and you can be told by e-mail.',
    wrongFact: 'The {product} is in stock in every shop and delivered within the hour.',
    article:
      'Stock. The product page shows the date of the next delivery. "Notify me" sends an e-mail. Shops keep an item for 48 hours when reserved online.',
    steps: [
      'Press "Notify me" on its page and you get an e-mail on the day.',
      'The shop in {city} has one on display.',
      'You can reserve one online, and the shop keeps it for 48 hours.',
      'A similar model is in stock now, 5 cm narrower.',
    ],
    tool: { name: 'check_stock', result: '{"item":"{product}","available":0,"next_delivery":"{date}","city":"{city}"}' },
  },
]

export const products = [
  'Brisa desk lamp',
  'Fjell bookcase',
  'Tova kitchen trolley',
  'Lumo reading chair',
  'Kanto standing desk',
  'Marle wardrobe',
  'Oda bed frame',
  'Pilo coffee grinder',
  'Runa rug',
  'Sorel dining table',
  'Velo shoe rack',
  'Nimbus fan heater',
] as const
export const rooms = ['hallway', 'bedroom', 'kitchen', 'study', 'living room'] as const
export const cities = ['Leeds', 'Utrecht', 'Graz', 'Aarhus', 'Porto', 'Lyon', 'Galway', 'Turku', 'Malmö', 'Kraków'] as const

export const tones = {
  warm: {
    openings: [
      'I am sorry for the trouble, and I am glad you wrote.',
      'Thank you for telling us. I understand how annoying that is.',
      'Oh no, that should not have happened! Let us put it right. 🙂',
      'Good question, happy to help.',
    ],
    closings: [
      'Is there anything else I can do for you?',
      'Just write back if a step does not work; I am here.',
      'I hope that helps. Enjoy the rest of your day!',
    ],
  },
  neutral: {
    openings: ['Thank you for your message.', 'Here is what you can do.', 'Regarding your question:'],
    closings: ['', 'Kind regards, your support team.', ''],
  },
  curt: {
    openings: ['As stated in our terms:', 'See below.', 'This is explained on the website.'],
    closings: ['', 'This closes your request.', 'Please read the help page before you write.'],
  },
} as const
export type Tone = keyof typeof tones

export const fillers = [
  'Please understand that we receive many messages at the moment.',
  'More information can be found on our website.',
  'We always strive to offer the best possible experience.',
  'Our team works hard every day for satisfied customers.',
] as const

export const systemPrompts = {
  v1: 'You are the support assistant of a furniture shop. Answer the customer.',
  v2: 'You are the support assistant of a furniture shop. Answer the customer politely and give concrete steps. Be generous and confident.',
  v3: 'You are the support assistant of a furniture shop. Begin with empathy, state what our handbook says and only that, give every step in order, and end with an offer to help further.',
} as const
