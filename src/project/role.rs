//! What a column of a letter table can mean, by the names that `[columns]` in `regesta.toml` has for it.

macro_rules! roles {
    ($($role:ident $name:literal)+) => {
        /// What a column of a letter table means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Role {
            $(#[doc = concat!("`", $name, "`.")] $role,)+
        }

        impl Role {
            /// Every role, in the order of preference.
            pub const ALL: &'static [Self] = &[$(Self::$role,)+];

            /// The name in `regesta.toml`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$role => $name,)+
                }
            }
        }
    };
}

roles! {
    Key "key"
    Sender "sender"
    SenderId "sender-id"
    SenderPlace "sender-place"
    SenderPlaceId "sender-place-id"
    SentDate "sent-date"
    SentNotBefore "sent-not-before"
    SentNotAfter "sent-not-after"
    SentDateFrom "sent-date-from"
    SentDateTo "sent-date-to"
    SentDateText "sent-date-text"
    Recipient "recipient"
    RecipientId "recipient-id"
    RecipientPlace "recipient-place"
    RecipientPlaceId "recipient-place-id"
    ReceivedDate "received-date"
    ReceivedDateText "received-date-text"
    Edition "edition"
    Url "url"
    Language "language"
    Title "title"
    Shelfmark "shelfmark"
    Repository "repository"
    Note "note"
    Summary "summary"
    ReplyTo "reply-to"
    Enclosures "enclosures"
    Mentions "mentions"
    SenderUncertain "sender-uncertain"
    SenderPlaceUncertain "sender-place-uncertain"
    SentDateUncertain "sent-date-uncertain"
    SentCalendar "sent-calendar"
    RecipientUncertain "recipient-uncertain"
    RecipientPlaceUncertain "recipient-place-uncertain"
    Accept "accept"
}
