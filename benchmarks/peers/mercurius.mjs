// Mercurius with graphql-jit and loaders, over the same tables: DATABASE_URL and PORT in, /graphql out.
import Fastify from 'fastify'
import mercurius from 'mercurius'
import pg from 'pg'

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  options: '-c jit=off',
})

// Every statement has a name, and so is prepared once on each connection.
const names = new Map()
const rows = async (text, values) => {
  if (!names.has(text)) names.set(text, `s${names.size}`)
  return (await pool.query({ name: names.get(text), text, values })).rows
}

const schema = `
  scalar Date
  enum RecordKind { ARTICLE }
  enum EventDimension { MONTH }
  enum EventOrderField { DATE }
  input EventOrder { field: EventOrderField! }
  input DateRange { from: Date! to: Date! }
  input DateFilter { within: DateRange! }
  input StringFilter { eq: String! }
  input ActorFilter { country: StringFilter! }
  input ParticipationFilter { actor: ActorFilter! }
  input ParticipationListFilter { some: ParticipationFilter! }
  input PlaceFilter { country: StringFilter! }
  input MeetingFilter { date: DateFilter participants: ParticipationListFilter place: PlaceFilter }
  type FuzzyDate { edtf: String earliest: Date latest: Date }
  type Country { code: String! }
  type Place { name: String! }
  type Actor { id: ID! name: String! country: Country }
  type Participation { role: String! actor: Actor! }
  type ParticipationConnection { nodes: [Participation!]! }
  type Article { id: ID! title: String! language: String! published: FuzzyDate! publisher: Actor body: String! }
  type ArticleConnection { nodes: [Article!]! }
  type Provision { ordinal: Int! heading: String text: String! }
  type ProvisionConnection { nodes: [Provision!]! }
  type Meeting {
    id: ID! title: String! format: String! date: FuzzyDate! place: Place
    participants: ParticipationConnection! articles: ArticleConnection!
  }
  type Agreement {
    id: ID! title: String! type: String! status: String! date: FuzzyDate!
    provisions: ProvisionConnection! participants: ParticipationConnection!
  }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type GroupKey { value: String }
  type Group { keys: [GroupKey!]! count: Int! }
  type MeetingConnection {
    nodes: [Meeting!]! pageInfo: PageInfo! totalCount: Int! groups(by: [EventDimension!]!, first: Int!): [Group!]!
  }
  type AgreementConnection { nodes: [Agreement!]! }
  type SearchHit { node: Article! }
  type SearchConnection { nodes: [SearchHit!]! }
  type Query {
    article(key: String!): Article
    meetings(first: Int = 0, after: String, filter: MeetingFilter, orderBy: [EventOrder!]): MeetingConnection!
    agreements(first: Int!): AgreementConnection!
    search(text: String!, kinds: [RecordKind!]!, first: Int!): SearchConnection!
  }
`

const has = (column) => `array_to_tsvector(string_to_array(${column}, ' ')) @@ CAST($1 AS tsquery)`
const words = (column) => `${column}->>(${column}->>'*')`
const DATE = 'date_edtf AS edtf, date_earliest AS earliest, date_latest AS latest'
const EVENT = `e.id AS row, lower(e.kind) || ':' || e.key AS id, ${words('e.title')} AS title, e.place_id, ${DATE}`
const ACTOR = `a.id AS row, 'actor:' || a.key AS id, ${words('a.name')} AS name, a.country_code`

const asDated = (row) => ({ ...row, date: row })
const asActor = (row) => row && { ...row, country: row.country_code && { code: row.country_code } }
const asArticle = (row) => row && { ...row, published: row }

const byKey = (found, key) => new Map(found.map((row) => [row[key], row]))
const grouped = (found, key) => {
  const lists = new Map()
  for (const row of found) {
    if (!lists.has(row[key])) lists.set(row[key], [])
    lists.get(row[key]).push(row)
  }
  return lists
}

const loadActors = (column) => async (queries) => {
  const ids = [...new Set(queries.map(({ obj }) => obj[column]))]
  const found = byKey(await rows(`SELECT ${ACTOR} FROM actor a WHERE id = ANY($1::int[])`, [ids]), 'row')
  return queries.map(({ obj }) => asActor(found.get(obj[column])) ?? null)
}

const loadLists = (text) => async (queries) => {
  const ids = queries.map(({ obj }) => obj.row)
  const found = grouped(await rows(text, [ids]), 'owner')
  return queries.map(({ obj }) => ({ nodes: found.get(obj.row) ?? [] }))
}

const loadPlaces = async (queries) => {
  const ids = [...new Set(queries.map(({ obj }) => obj.place_id))]
  const text = `SELECT id, ${words('name')} AS name FROM place WHERE id = ANY($1::int[])`
  const found = byKey(await rows(text, [ids]), 'id')
  return queries.map(({ obj }) => found.get(obj.place_id) ?? null)
}

const participants = loadLists(
  `SELECT event_id AS owner, role, actor_id FROM participation
   WHERE event_id = ANY($1::int[]) ORDER BY event_id, ordinal`,
)
const loaders = {
  Meeting: {
    place: loadPlaces,
    participants,
    articles: loadLists(
      `SELECT r.event_id AS owner, 'article:' || a.key AS id, a.title, a.publisher_id
       FROM report r JOIN article a ON a.id = r.article_id
       WHERE r.event_id = ANY($1::int[]) ORDER BY a.published_desc DESC, a.key DESC`,
    ),
  },
  Agreement: {
    participants,
    provisions: loadLists(
      `SELECT agreement_id AS owner, ordinal, ${words('heading')} AS heading, ${words('text')} AS text
       FROM provision WHERE agreement_id = ANY($1::int[]) ORDER BY agreement_id, ordinal`,
    ),
  },
  Participation: { actor: loadActors('actor_id') },
  Article: { publisher: loadActors('publisher_id') },
}

const conditions = (filter, values) => {
  const given = (value) => `$${values.push(value)}`
  const made = ["e.kind = 'MEETING'"]
  if (filter?.date) {
    const { from, to } = filter.date.within
    made.push(`e.date_asc >= ${given(from)} AND e.date_asc <= ${given(`${to}/~`)}`)
    made.push(`e.date_earliest >= ${given(from)}::date AND e.date_latest <= ${given(to)}::date`)
  }
  if (filter?.participants) {
    made.push(`EXISTS (SELECT 1 FROM participation p JOIN actor a ON a.id = p.actor_id
      WHERE p.event_id = e.id AND a.country_code = ${given(filter.participants.some.actor.country.eq)})`)
  }
  if (filter?.place) {
    made.push(`e.area_id IN (SELECT w.inner_id FROM place_within w JOIN place o ON o.id = w.outer_id
      WHERE o.country_code = ${given(filter.place.country.eq)})`)
  }
  return made
}

const readMeetings = async ({ first, after, orderBy }, where, values) => {
  const order = orderBy ? 'e.date_asc, e.key' : 'e.date_desc DESC, e.key DESC'
  const limits = [...values, first + 1]
  let place = ''
  if (after) {
    const [day, key] = Buffer.from(after.slice(8), 'hex').toString().split('\x1f')
    limits.push(day, key)
    place = `AND (e.date_desc, e.key) < ($${limits.length - 1}, $${limits.length})`
  }
  return rows(
    `SELECT ${EVENT}, e.key, e.date_desc, m.format FROM event e JOIN meeting m ON m.id = e.id
     WHERE ${where.join(' AND ')} ${place} ORDER BY ${order} LIMIT $${values.length + 1}`,
    limits,
  )
}

const writeCursor = ({ date_desc, key }) =>
  `C6DFAE1B${Buffer.from(`${date_desc}\x1f${key}\x1f`).toString('hex').toUpperCase()}`

const resolvers = {
  Query: {
    article: async (_, { key }) => {
      const text = `SELECT 'article:' || key AS id, title, language, publisher_id, body, published_edtf AS edtf,
        published_earliest AS earliest, published_latest AS latest FROM article WHERE key = $1`
      return asArticle((await rows(text, [key]))[0]) ?? null
    },
    meetings: async (_, args) => {
      const values = []
      const where = conditions(args.filter, values)
      const found = args.first ? await readMeetings(args, where, values) : []
      const nodes = found.slice(0, args.first).map(asDated)
      const endCursor = nodes.length ? writeCursor(nodes.at(-1)) : null
      return { nodes, where, values, pageInfo: { hasNextPage: found.length > args.first, endCursor } }
    },
    agreements: async (_, { first }) => {
      const text = `SELECT ${EVENT}, g.type, g.status FROM event e JOIN agreement g ON g.id = e.id
        WHERE e.kind = 'AGREEMENT' ORDER BY e.date_desc DESC, e.key DESC LIMIT $1`
      return { nodes: (await rows(text, [first])).map(asDated) }
    },
    search: async (_, { text, kinds, first }) => {
      // The kind is kept from its index, which would be read whole.
      const found = await rows(
        `SELECT 'article:' || a.key AS id, a.title FROM (
           SELECT id, key, date_desc, id IN (SELECT rowid FROM search_index WHERE ${has('names')}) AS named
           FROM search_record
           WHERE kind || '' = ANY($2::text[]) AND id IN (SELECT rowid FROM search_index WHERE ${has('words')})
           ORDER BY named DESC, date_desc DESC, kind, key LIMIT $3
         ) hit JOIN article a ON a.id = hit.id
         ORDER BY hit.named DESC, hit.date_desc DESC, hit.key`,
        [text, kinds, first],
      )
      return { nodes: found.map((node) => ({ node })) }
    },
  },
  MeetingConnection: {
    totalCount: async ({ where, values }) => {
      const text = values.length
        ? `SELECT count(*)::int AS count FROM event e WHERE ${where.join(' AND ')}`
        : `SELECT sum(delta)::int AS count FROM record_count WHERE kind = 'MEETING'`
      return (await rows(text, values))[0].count
    },
    groups: async ({ where, values }, { first }) => {
      const text = `SELECT CASE WHEN date_trunc('month', date_earliest) = date_trunc('month', date_latest)
          THEN to_char(date_earliest, 'YYYY-MM') END AS value, count(*)::int AS count
        FROM event e WHERE ${where.join(' AND ')} GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT ${Number(first)}`
      return (await rows(text, values)).map(({ value, count }) => ({ keys: [{ value }], count }))
    },
  },
}

const app = Fastify()
app.register(mercurius, { schema, resolvers, loaders, jit: 1 })
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
