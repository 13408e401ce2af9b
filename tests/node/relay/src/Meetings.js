// What a page of meetings looks like to Relay: a refetchable fragment with a connection.
import { graphql } from "relay-runtime";

graphql`
  query MeetingsQuery($country: String!, $count: Int = 10, $cursor: String) {
    ...Meetings_list @arguments(country: $country, count: $count, cursor: $cursor)
  }
`;

graphql`
  fragment Meetings_list on Query
  @refetchable(queryName: "MeetingsPaginationQuery")
  @argumentDefinitions(
    country: { type: "String!" }
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
  ) {
    meetings(
      first: $count
      after: $cursor
      filter: { participants: { some: { actor: { country: { eq: $country } } } } }
      orderBy: [{ field: DATE, direction: DESC }]
    ) @connection(key: "Meetings_meetings") {
      edges {
        node {
          id
          title(lang: "en")
          date { edtf }
          ...Meetings_participants
        }
      }
    }
  }
`;

graphql`
  fragment Meetings_participants on Meeting @refetchable(queryName: "MeetingsParticipantsQuery") {
    participants(first: 5) {
      edges { node { role actor { name } } }
    }
  }
`;
