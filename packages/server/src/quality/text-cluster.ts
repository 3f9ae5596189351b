import { type Random, seededRandom } from '@plaudit/stats'
import type { TermVector } from './text-term.ts'

export type TextCluster = {
  /** Places of the members, the most typical first. */
  members: number[]
  /** Terms that set the cluster apart, by their place in the vocabulary, the strongest first. */
  terms: number[]
  /** Mean cosine of the members with their centre, 0..1. */
  cohesion: number
}

const MOST_ROUNDS = 40

/**
 * Spherical k-means over sparse vectors of unit length: members are nearest to their cluster's mean direction. Starts are drawn far apart
 * (k-means++), from the seed alone. Empty vectors belong to no cluster.
 */
export function clusterTexts(vectors: readonly TermVector[], vocabulary: number, k: number, seed = 1): TextCluster[] {
  const places = vectors.flatMap(({ terms }, place) => (terms.length > 0 ? [place] : []))
  if (places.length === 0) return []
  let centres = starts(vectors, places, vocabulary, Math.min(k, places.length), seededRandom(seed))
  let assigned = new Int32Array(places.length).fill(-1)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = Int32Array.from(places, (place) => nearest(vectors[place]!, centres))
    const isSettled = next.every((cluster, at) => cluster === assigned[at])
    assigned = next
    if (isSettled) break
    centres = centres.map((centre, c) => {
      const sum = new Float64Array(vocabulary)
      let size = 0
      places.forEach((place, at) => {
        if (assigned[at] !== c) return
        size += 1
        addTo(sum, vectors[place]!)
      })
      // A cluster that lost all of its members keeps its place.
      return size === 0 ? centre : unit(sum)
    })
  }
  return centres.flatMap((centre, c) => {
    const own = places.filter((_, at) => assigned[at] === c).map((place) => ({ place, cosine: dot(vectors[place]!, centre) }))
    if (own.length === 0) return []
    own.sort((a, b) => b.cosine - a.cosine || a.place - b.place)
    const terms = [...centre.keys()].filter((term) => centre[term]! > 0).toSorted((a, b) => centre[b]! - centre[a]! || a - b)
    return [
      {
        members: own.map(({ place }) => place),
        terms: terms.slice(0, 8),
        cohesion: own.reduce((sum, { cosine }) => sum + cosine, 0) / own.length,
      },
    ]
  })
}

function starts(vectors: readonly TermVector[], places: readonly number[], vocabulary: number, k: number, random: Random): Float64Array[] {
  const dense = (place: number) => {
    const centre = new Float64Array(vocabulary)
    addTo(centre, vectors[place]!)
    return centre
  }
  const centres = [dense(places[random.int(places.length)]!)]
  const distance = new Float64Array(places.length).fill(2)
  while (centres.length < k) {
    const newest = centres.at(-1)!
    places.forEach((place, at) => (distance[at] = Math.min(distance[at]!, Math.max(0, 1 - dot(vectors[place]!, newest)))))
    const total = distance.reduce((sum, own) => sum + own * own, 0)
    if (total < 1e-9) break
    let left = random.next() * total
    let chosen = places.length - 1
    for (let at = 0; at < places.length; at += 1) {
      left -= distance[at]! ** 2
      if (left <= 0) {
        chosen = at
        break
      }
    }
    centres.push(dense(places[chosen]!))
  }
  return centres
}

function nearest(vector: TermVector, centres: readonly Float64Array[]): number {
  let [best, most] = [0, -1]
  centres.forEach((centre, c) => {
    const cosine = dot(vector, centre)
    if (cosine > most) [best, most] = [c, cosine]
  })
  return best
}

function dot({ terms, weights }: TermVector, centre: Float64Array): number {
  let sum = 0
  for (let i = 0; i < terms.length; i += 1) sum += weights[i]! * centre[terms[i]!]!
  return sum
}

function addTo(sum: Float64Array, { terms, weights }: TermVector): void {
  for (let i = 0; i < terms.length; i += 1) sum[terms[i]!]! += weights[i]!
}

function unit(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(vector.reduce((sum, weight) => sum + weight * weight, 0)) || 1
  return vector.map((weight) => weight / norm)
}
