//! Which codes are checks, which say that something was not read, and which mostly follow from that.

use crate::diagnostic::{Code, Severity};

impl Code {
    /// Whether it finds fault with what was read well: a project can say how much it matters, and a source can accept it.
    pub fn is_check(self) -> bool {
        let chronology = matches!(
            self,
            Self::OutsideLife
                | Self::StepsOutOfOrder
                | Self::ReplyBeforeLetter
                | Self::DeathBeforeBirth
                | Self::MembershipOutsideLife
                | Self::EventBeforePart
                | Self::ShapeViolated
        );
        chronology || self.severity() != Severity::Error
    }

    /// Whether a file, or a part of one, was not read because of it, so that whatever else is wrong may follow from it.
    pub fn is_unreadable(self) -> bool {
        matches!(
            self,
            Self::UnreadableFile
                | Self::FileTooLarge
                | Self::WrongEncoding
                | Self::ControlCharacter
                | Self::XmlSyntax
                | Self::XmlLimit
                | Self::WorkbookUnreadable
                | Self::TomlSyntax
                | Self::YamlSyntax
                | Self::YamlAlias
                | Self::TableSyntax
                | Self::FrontMatterMissing
                | Self::FrontMatterNotClosed
                | Self::InvalidPattern
                | Self::PatternMatchesNothing
                | Self::MappingHead
        )
    }

    /// Whether it mostly follows from another problem: what is named is not there, because it could not be read.
    pub fn is_consequence(self) -> bool {
        matches!(
            self,
            Self::UnknownId
                | Self::UnknownContent
                | Self::UnknownText
                | Self::MissingEntry
                | Self::MissingLetter
                | Self::NoSenders
                | Self::NothingToRead
                | Self::UnmatchedPath
                | Self::UnusedAcceptance
        )
    }

    /// Whether it can neither be accepted nor matter less: what it is about is missing in the graph, or would be false.
    pub fn is_fixed(self) -> bool {
        self.severity() == Severity::Error && !self.is_check()
    }
}
