import type { ModerationCategory } from './truth.ts'

/** Posts of a neighbourhood forum: for each category what truly belongs to it, and look-alikes that do not. Mild on purpose. */
export const posts: Record<ModerationCategory, { belonging: readonly string[]; lookAlike: readonly string[] }> = {
  spam: {
    belonging: [
      'Earn [400|750|900] a day from home!!! No experience needed, write me for the link',
      'BEST PRICES on [watches|sunglasses|phone cases], visit our shop today, limited offer, visit our shop today',
      'I never believed in these pills until I lost [12|20] kilos in a month. Link in my profile 👉👉',
      'Free gift cards for the first [50|100] people who share this post in three groups',
    ],
    lookAlike: [
      'Selling my [bike|desk|baby cot], barely used, pick-up near the old mill.',
      'Our school sells cakes on Friday to pay for the class trip. Come by!',
      'Does anyone know a shop that repairs [watches|phones] around here?',
    ],
  },
  harassment: {
    belonging: [
      'You are a clown and everybody in this group knows it. Leave.',
      'Nobody asked you, as usual. Go cry to the two friends you have left.',
      'Look who is back, the one who cannot even park a car. What an embarrassment you are.',
      'I would be ashamed to show my face here if I were as dumb as you, honestly.',
      'Everybody laughs about you behind your back, [just so you know|hope you know].',
    ],
    lookAlike: [
      'I think you are wrong about the parking fees, and here is why.',
      'What a clown show the council meeting was last night 😂',
      'My brother called me an idiot for selling the car. He may be right.',
    ],
  },
  hate: {
    belonging: [
      'People from across the river are all thieves, keep them out of our [market|park].',
      'Those riverfolk should not be allowed to rent here. They are not like us.',
      'You can tell that he is one of them. They are vermin, all of them.',
    ],
    lookAlike: [
      'The new families from across the river opened a lovely bakery.',
      'I hate how the bus never comes on time.',
      'My grandmother was told that riverfolk were not welcome here. It still makes me sad.',
    ],
  },
  violence: {
    belonging: [
      'If he touches my fence again I will break his arms, I mean it.',
      'Somebody should burn that shop down with him in it.',
      'I know when you walk your dog. You had better watch your back.',
    ],
    lookAlike: [
      'The film last night was brutal, three fights in ten minutes.',
      'This heat is killing me, where do you get ice?',
      'We smashed them [4:0|5:1] on Saturday, what a game!',
    ],
  },
  self_harm: {
    belonging: [
      'I do not see a reason to get up any more. It would be easier if I were gone.',
      'Nobody would notice if I was not here tomorrow. I have thought about how.',
      'I hurt myself again last night and I am so tired of it.',
    ],
    lookAlike: [
      'I could die of shame, I sent the message to the whole class.',
      'Is there a helpline for teenagers? I want to hang up the number at our school.',
      'The marathon nearly finished me, never again 😅',
    ],
  },
  sexual: {
    belonging: [
      'Lonely tonight? Adults only, my private pictures are one click away 😘',
      'Write me if you want to see more than the profile picture, 18+ only',
      'Selling explicit videos, prices by message.',
    ],
    lookAlike: [
      'The life drawing class still has places, models are paid.',
      'Where can I get honest advice on contraception without waiting six weeks?',
      'Breastfeeding corner at the library: which days is it open?',
    ],
  },
}

export const harmless = [
  'Lost a grey cat near [the station|the school|the bakery], answers to Minou. Please look in your sheds.',
  'Does the swimming pool open on the holiday?',
  'Thank you to whoever handed in my keys at the kiosk. You saved my day! 🙏',
  'The street light at the corner has been out for [two|three] weeks. Whom do I call?',
  'Recommendations for a plumber who picks up the phone?',
  'Choir practice moves to Thursday, half past seven, same room.',
  'Snow tomorrow, please clear the pavement before seven.',
  'Has anybody seen the new [timetable|playground]? I think it is great.',
] as const
