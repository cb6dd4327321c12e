//! The table of codes. A code never changes its meaning; one that is given up is not used again.

use crate::diagnostic::Severity;

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $summary:literal $explanation:literal)+) => {
        /// What sort of problem a diagnostic is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $summary] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name that diagnostics show and that `regesta explain` takes.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// How much problems of this sort matter.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// The code of a name.
            pub fn find(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }

            /// One sentence that says what is wrong.
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$variant => $summary,)+ }
            }

            /// Why it matters and what to do, with an example.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)+ }
            }
        }
    };
}

codes! {
    // Files
    UnreadableFile "unreadable-file" Error
        "A source file cannot be read."
        "Only regular files inside the corpus folder are read: links, pipes and devices are not followed, so that a \
         corpus means the same wherever it is copied. Put the file itself into the folder, or take the name out of \
         the patterns in regesta.toml."
    FileTooLarge "file-too-large" Error
        "A hand-written source file is larger than 16 MiB."
        "Divide the file: a table into several tables of the same kind, a document into parts."
    WrongEncoding "wrong-encoding" Error
        "A source file is not UTF-8."
        "Nothing is guessed about encodings, because a wrong guess damages names silently. Save the file as UTF-8. In \
         a spreadsheet program choose \"CSV UTF-8\" when saving."
    ControlCharacter "control-character" Error
        "A source file holds a control character that no XML document can hold."
        "Such characters are invisible and are left behind by programs, or by a text that is no text. The graph is written \
         as RDF/XML too, which cannot hold them. Take the character out; the diagnostic gives its place and number."
    NothingToRead "nothing-to-read" Error
        "The corpus has no document."
        "No file matches the patterns for documents, or no letter was found in any of the files that are named as letters. A \
         graph without documents would answer every question with nothing. Put a document into the folder documents/, as in \
         documents/first-letter.md, or name your files in regesta.toml:\n\n    [sources]\n    documents = [\"letters/*.md\"]\n\nWhy \
         files named as letters hold none is said beside it: see regesta explain no-letter."
    // Letters in the formats of others
    XmlSyntax "xml-syntax" Error
        "A file is not well-formed XML."
        "The file is left out as a whole, so that no letter is read by half, and the rest is built. The diagnostic gives \
         the line and column at which the parser found the fault; the cause can stand before it, as when an end tag is \
         missing."
    XmlLimit "xml-limit" Error
        "A file goes beyond what is read of any XML file."
        "Elements may lie in each other 256 deep and have 256 attributes; one letter of a list may have 16 MiB; the \
         entities that a file defines may come to 1 MiB. No edition needs more, and files made to exhaust a computer do. The \
         file is left out as a whole, and the rest is built."
    NoLetter "no-letter" Warning
        "A file named as letters holds none."
        "A TEI letter says in correspDesc, in its header, who wrote to whom. An edition that says it elsewhere says where in \
         regesta.toml:\n\n    [tei]\n    senders = [\"particDesc//person[@role='sender']/persName\"]\n    recipients = \
         [\"particDesc//person[@role='recipient']/persName\"]\n\nA register is named under registers. TEI P4, whose outermost \
         element is TEI.2, is not read: convert it to TEI P5, as with the stylesheets of the TEI Consortium. Several files of one \
         pattern that are refused for the same reason are one warning, at the pattern."
    NoEntry "no-entry" Warning
        "A file named as a register has no entry."
        "A register is TEI with a listPerson, listOrg, listPlace, listEvent or listBibl whose entries have an xml:id."
    RepeatedEntry "repeated-entry" Warning
        "Two entries of a register have one id."
        "Only the first can be meant by those who point to it. Give the other an id of its own; until then it is left out."
    RepeatedKey "repeated-key" Warning
        "A letter has the address or the key of an earlier letter."
        "An address or a key that two letters have cannot be the id of both. The later letter is named by its number in the \
         file, which changes when letters are put in before it. It is reported once for each file, with the number of such \
         letters."
    FaultyIdentifier "faulty-identifier" Warning
        "An identifier of an authority file is incomplete, has another form, or has a wrong check digit."
        "Templates write the fixed part of an address, such as https://d-nb.info/gnd/, and the number is never filled in; or a \
         figure of the number was mistyped. Everybody who has the same would be one person, so it identifies nobody: who is \
         named is known by the name alone, and what is written is kept as schema:identifier. Correct it in the source, or \
         take it out."
    PlaceholderId "placeholder-id" Warning
        "An id ends in a word that stands for nobody, as person-None does."
        "Programs write such ids where there was none to write. It identifies nobody, unless a register has an entry with \
         this very id; who is named is known by the name alone. Take the reference out, or write the id."
    OtherKind "other-kind" Warning
        "A reference leads to an entry of a kind that cannot be meant there."
        "The name of a person has the reference of a place, or the other way round: most often a number was copied to the wrong \
         name. A person can be an organisation or a group in another list; a place cannot. What is named is known by the name \
         alone. Correct the reference, or mark the name as what it is: <rs> and <name> can name anything."
    KeyOfSeveral "key-of-several" Warning
        "One key of the sources stands beside several identifiers of one authority file."
        "A key means one person or place, and so does an identifier: one of them was copied to a name that is another's. The \
         graph has what each name says, and nothing is joined by the key. Correct the key or the identifier."
    LooseId "loose-id" Hint
        "An id is taken for another from which it differs only in capitals, blanks and marks."
        "If it is that of an entry, no entry has it as it is written, and only one can be meant. Between digits a hyphen or a \
         blank matters: p1-1 is not p11. Write the id as the register has it.\n\nIf no register has it, or only lists of \
         letters do, one place writes it in one way and another in another, as #p1 and #P1, and they are one thing in the \
         graph. Write it in one way; or, if they are two, give them ids that differ in more."
    AmbiguousName "ambiguous-name" Warning
        "A name without an identifier is that of several authorities."
        "Nothing says which of them is meant, so it is none of them: the name is somebody of its own. Write the id of the one \
         that is meant, as in a column sender-id:\n\n    person:vos-anna\n\nIf names are never to be looked up, write \
         match-authorities = false into the section [names] of regesta.toml."
    SimilarName "similar-name" Warning
        "A name without an identifier is nearly that of an authority."
        "It differs in capitals, accents, marks or the order of its words, so the name is somebody of its own. If it is the same \
         person or place, write the id, or add the name to the column alt_labels of its table."
    RegisterAddress "register-address" Hint
        "References lead to a register by its address on the web, and the corpus has a register of this name."
        "If it is the same, say so; the references then lead to its entries:\n\n    [sources.register-addresses]\n    \
         \"https://example.org/registers/persons.xml\" = \"registers/persons.xml\""
    EntriesDisagree "entries-disagree" Warning
        "Two lists have an entry with the same id, and these have neither a name nor an identifier in common."
        "They are one thing in the graph, with the names of both, which is right only if they are the same. Where every \
         letter has lists of its own, in which ids are counted anew, say so in regesta.toml:\n\n    [tei]\n    own-lists = true"
    SeveralLetters "several-letters" Warning
        "A TEI file describes several letters, and a part of its text belongs to none of them."
        "Let the div of each letter point to its description: <div corresp=\"#c1\"> for <correspDesc xml:id=\"c1\">. Until \
         then the letters are read without a text."
    LettersRunTogether "letters-run-together" Warning
        "One file was read as one letter, and the profile finds senders or recipients in several parts of its text."
        "The file is most likely a volume with many letters, and all of them would be one letter from all to all. Say what one \
         letter is; the other paths begin in each of them then:\n\n    [tei]\n    letters = \
         \"text//div[@type='document']\"\n    senders = [\"opener/persName[@type='from']\"]\n\nThe letters are called after the \
         file and the xml:id of the element, or its number."
    ProfileFitsSome "profile-fits-some" Warning
        "The mapping profile finds who sent or received letters in some of the letters only."
        "What a path of the profile says of a role holds for all letters: nobody else is taken to have it where the path \
         leads nowhere, for that would make senders of recipients. Look at the letter that is shown; where the edition \
         names them in another way too, add that to the list:\n\n    senders = [\"correspAction/persName[@type='sender']\", \
         \"correspAction/orgName[@type='sender']\"]"
    UnknownAction "unknown-action" Warning
        "The type of a correspAction is not known."
        "TEI says sent, received, transmitted, redirected or forwarded. Another word is kept with the act, and nobody has sent \
         or received the letter by it. Correct the word, or say what it means:\n\n    [tei.actions]\n    envoi = \"sent\"\n    \
         dictated = \"other-action\"\n\nEach word is reported once, with the number of places."
    UnknownQualifier "unknown-qualifier" Warning
        "A word qualifies who sent or received a letter, and it is not known how."
        "A subtype can say that somebody only passed the letter on, or got a copy. What is not known must not make a \
         sender or recipient of somebody: the act is kept with its word, and nothing more is said. Say what the word \
         means:\n\n    [tei.actions]\n    original = \"sent\"\n    via = \"forwarded\"\n\nOf its own it is known what these mean: \
         from, to, cc, copied, redirecting, forwarding, transmitting, delivering."
    LetterIdTwice "letter-id-twice" Warning
        "A pointer has an id that can mean two letters."
        "A letter is called by its xml:id, that of its correspDesc, its key, the idno of its edition, and the name of its file. \
         A pointer by an id that two letters have is left out. Only if it is the name of one letter's file and the xml:id of \
         another letter, the latter is meant, and it is said."
    UnmatchedPath "unmatched-path" Warning
        "A path of the mapping profile leads to nothing in any letter."
        "Look at one letter: the names of the elements and the values of the attributes must be those of the path. What no \
         letter needs can be taken out."
    NoSenders "no-senders" Error
        "No letter of a corpus has a sender, or none has a recipient."
        "Of letter tables, say which column names them, in regesta.toml:\n\n    [columns]\n    sender = \"Written by\"\n    \
         recipient = \"=Anna Vos\"\n\nOtherwise the edition most likely says it in another place than correspAction. Say \
         where:\n\n    [tei]\n    \
         senders = [\"correspAction/persName[@type='sender']\"]\n    recipients = \
         [\"correspAction/persName[@type='addressee']\"]\n\nA path begins anywhere in the header; its steps are names of \
         elements, / or // between them, each with at most one condition."
    DateUnreadable "date-unreadable" Warning
        "A date of letters that were not written for this program is no date."
        "What is written is kept, as words, and nothing is guessed: the letter has no days by which it could be found. \
         Dates are written as in 1853-02-11, 1853-02 or 1853, or in words that can mean only one date, as in 11 Feb. 1853; \
         03/07/1853 can mean two."
    DateBackwards "date-backwards" Warning
        "A date of such letters ends before it begins."
        "What is written is kept, as words, and nothing is turned round: the letter has no days by which it could be found."
    PositionUnreadable "position-unreadable" Warning
        "The position of a place in a TEI register is no latitude and longitude."
        "TEI has decimal degrees in geo, the latitude first: 48.2 16.37. The place is read without its position."
    MissingEntry "missing-entry" Warning
        "A source points to an entry that no register has."
        "The graph has a thing with this id all the same, named as the source names it. Name the register under registers \
         in regesta.toml if it has been forgotten. Each id is reported once."
    MissingLetter "missing-letter" Warning
        "A letter points to a letter that is not in the corpus."
        "A letter is called by its xml:id, that of its correspDesc, its key or the idno of its edition, or as its file is, \
         without the ending, and in a file of several letters by its id behind the file \
         and a #; in a table by its key; in a list of letters, and elsewhere, by its address. Pointers that begin alike are \
         reported together where they are many. A link is left \
         out where no letter can be meant, and will be there when the letter is; where that is known only at the end, it \
         stays, and nothing is known of the other letter."
    // Links to other datasets
    MappingHead "mapping-head" Error
        "A mapping file does not begin with its metadata."
        "Mappings are kept in SSSOM/TSV: lines that begin with # say what the file is and under which licence, then comes a \
         table whose cells are divided by tabs:\n\n    #mapping_set_id: https://example.org/letters/links/geonames\n    \
         #license: https://creativecommons.org/publicdomain/zero/1.0/\n    #curie_map:\n    #  our: https://example.org/letters/\n\n\
         `regesta reconcile` writes such files."
    InvalidCorpus "invalid-corpus" Error
        "A corpus of a joint project cannot be used."
        "Each corpus is a folder below the joint project, with a regesta.toml and a base of its own:\n\n    [[corpus]]\n    name = \
         \"one\"\n    folder = \"one\"\n\nNo base begins another, for otherwise nobody could tell whose a thing is."
    DatasetNotLocked "dataset-not-locked" Error
        "A dataset is mounted and not pinned in regesta.lock."
        "What a corpus is joined with belongs to what it says, so its state is on record. Once you have looked at the file: \
         regesta lock. The file regesta.lock is kept with the corpus."
    DatasetChanged "dataset-changed" Error
        "A dataset is not the one that was pinned in regesta.lock."
        "Its files have changed since the corpus was joined with it: ids may have been merged or may be gone. `regesta lock \
         NAME` reads the new file, says which things that the corpus is linked to are affected, and pins it."
    UnreadableDataset "unreadable-dataset" Error
        "A dataset that is mounted cannot be read in the format that it is said to have."
        "Nothing of it is used until it can be read to its end. The diagnostic gives the place at which the reader gave up. \
         The format is told by the file's ending, or by a line in regesta.toml:\n\n    [[dataset]]\n    name = \"gazetteer\"\n    \
         file = \"datasets/gazetteer.json.gz\"\n    format = \"linked-places\"\n    licence = \
         \"https://creativecommons.org/licenses/by/4.0/\"\n\nContexts of JSON-LD are never fetched, and XML that declares \
         entities is not read; other programs can save either as Turtle."
    DatasetUsesBase "dataset-uses-base" Error
        "A dataset that is mounted describes things of the corpus."
        "A dataset is what others say, and is kept apart. If it is an older state of the corpus itself, do not mount it; if two \
         projects have chosen one base, one of them needs another."
    DatasetBlankNodes "dataset-blank-nodes" Warning
        "A dataset that is mounted has blank nodes."
        "They are numbered in the order in which they come, so that the same file gives the same graph. In another version of \
         the file they have other numbers: link to things that have addresses."
    DatasetRepeatedId "dataset-repeated-id" Warning
        "Several rows or entries of a dataset that is mounted have one id."
        "They are one thing in the graph of the dataset, with all that each of them says. This is right where each gives \
         another name of one thing; otherwise the column or the key that is taken for the id is not what tells things apart."
    DatasetCircle "dataset-circle" Warning
        "In a dataset that is mounted, a place lies in itself through others."
        "What lies around a place is followed a few steps only, so nothing goes on for ever; but one of the places is said to \
         lie where it does not. Tell the makers of the dataset."
    TooManyCandidates "too-many-candidates" Warning
        "A name is like those of too many things of a dataset to be compared."
        "By such a name alone nothing could be found out. Give the thing an identifier, a date, a position or another name."
    UnknownPrefix "unknown-prefix" Error
        "A name in a mapping file begins with a prefix that its head does not declare."
        "Nobody could tell what is meant. Declare the prefix below #curie_map: at the head of the file:\n\n    \
         #curie_map:\n    #  geonames: https://sws.geonames.org/"
    MappingOfOthers "mapping-of-others" Warning
        "Neither side of a mapping is a thing of the corpus."
        "The row is kept in its file and not used. A thing of the corpus is written with the corpus's base, as in \
         https://example.org/letters/person/vos#it; a base that has changed is the usual cause."
    MappingToItself "mapping-to-itself" Warning
        "Both sides of a mapping are the same thing."
        "The row says nothing, is kept in its file and not used. One of the two sides was meant to be another thing."
    MappingContradiction "mapping-contradiction" Error
        "One relation between two things is accepted in one row and rejected in another."
        "Only one of the two can be meant. A row is accepted if a reviewer is named and reviewer_agreement is empty or above 0, \
         or if it was made by hand; it is rejected if reviewer_agreement is below 0, or if predicate_modifier is Not."
    // The project file and other keys and values
    TomlSyntax "toml-syntax" Error
        "The project file is not TOML."
        "Every line of regesta.toml is a key, an equals sign and a value; words stand in quotes:\n\n    title = \"Letters\
         \"\n    base = \"https://example.org/letters/\"\n    language = \"en\""
    YamlSyntax "yaml-syntax" Error
        "The front matter of a document, or the head of a query, is not YAML."
        "Every line is a key, a colon, a blank and a value; lists stand in square brackets or on lines that begin with \
         a hyphen. A value that holds a colon and a blank, or begins with one of [ ] { } * & ! | > % @ \", stands in \
         quotes:\n\n    title: \"Answer: on the dyke\""
    YamlAlias "yaml-alias" Error
        "The front matter uses YAML anchors, aliases or tags."
        "They are not read: with them a small file can stand for an enormous one. Write the value out. A value that \
         begins with * or & or ! stands in quotes."
    DuplicateKey "duplicate-key" Error
        "A key stands twice in the same place."
        "One of the two values would be lost. Take one out, or make one list of both: author: [person:a, person:b]."
    UnknownKey "unknown-key" Error
        "A key is not known here."
        "Unknown keys are errors, because what is misspelled would be lost silently. The diagnostic names the keys that \
         can stand there."
    MissingKey "missing-key" Error
        "A key that must be there is missing."
        "Every document has a kind and a title, every project file a title, a base and a language:\n\n    kind: letter\n    \
         title: On the dyke"
    WrongShape "wrong-shape" Error
        "A value has another shape than the one expected."
        "One value where several are written, or words where keys and values are expected. For example: sent: {by: \
         person:maria, date: 1672-07-03}."
    InvalidIri "invalid-iri" Error
        "A value that must be a full address is not one."
        "An IRI begins with its scheme, has no blanks, and is what others will use to name the thing: \
         https://creativecommons.org/licenses/by/4.0/. A base ends in a slash."
    InvalidLanguage "invalid-language" Error
        "A language is not written as a BCP 47 tag."
        "Use the short tags that the web and libraries use: en, de, nl, ar, fa, la, zh-Hant."
    InvalidPattern "invalid-pattern" Error
        "A pattern of the project file is not one of paths below the corpus folder."
        "Patterns are paths from the corpus folder in which * stands for any part of a name and ** for any folders: \
         letters/**/*.md. They cannot leave the folder."
    PatternMatchesNothing "pattern-matches-nothing" Error
        "A pattern of the project file matches no file."
        "A pattern that matches nothing is usually misspelled, and its documents would be missing silently. Correct it, \
         or take it out."
    FileNamedTwice "file-named-twice" Error
        "A file is named under tei and under cmif."
        "Its letters would be read twice. tei is for letters with a header each, mostly with their texts; cmif is for files \
         with one header and the correspDesc of many letters. Write the patterns so that they match different files."
    // Documents
    FrontMatterMissing "front-matter-missing" Error
        "A document does not begin with its front matter."
        "A document file begins with a line ---, then keys and values, then a line ---, then the text:\n\n    ---\n    kind: \
         letter\n    title: On the dyke\n    ---\n    Sir, the water stands high."
    FrontMatterNotClosed "front-matter-not-closed" Error
        "The front matter of a document never ends."
        "The front matter ends with a line that holds only ---. Without it nobody can tell where the text begins."
    UnsafeLink "unsafe-link" Error
        "A link in a document points to something that is never followed."
        "In a document a link is a mention, as in [the burgomaster](person:block-cornelis). Addresses such as \
         javascript: or file: are never written anywhere. Put a backslash before the bracket if it belongs to the text."
    LinkWithoutMention "link-without-mention" Warning
        "A link in a document leads to the web, so it mentions nothing of the corpus."
        "The words stay in the text, the address is left out. If it names a person or place, give that thing a row in \
         authorities/ with the address in the column same_as, and mention its id."
    UndefinedNote "undefined-note" Error
        "A note mark in a document has no note."
        "[^a] in the text needs a line [^a]: with the words of the note at the end of the document, and a note needs its \
         mark."
    // Tables
    TableSyntax "table-syntax" Error
        "A table cannot be divided into rows and cells."
        "A cell that begins with a quotation mark must end with one, and a quotation mark inside it stands twice: \"the \
         \"\"old\"\" dyke\". A letter table of which this does not hold is left out as a whole, and the rest is built."
    RaggedRow "ragged-row" Error
        "A row has more or fewer cells than the table has columns."
        "The row is left out, because its cells could belong to any column. A cell that holds a comma stands in \
         quotation marks. A letter table with such a row is left out as a whole, and the rest is built."
    SectionTwice "section-twice" Error
        "A letter table has two sections of its own in the project file."
        "A section [columns.\"PATH\"] says what the columns of one table mean, or of all tables that a pattern matches. Where \
         two match one table, nobody could tell which counts. Write the patterns so that each table matches one:\n\n    \
         [columns.\"letters-b.csv\"]\n    sender = \"Von\""
    LanguageByName "language-by-name" Hint
        "A letter table calls a language by its name, and its tag was taken."
        "The graph has the tags that the web uses: fr for French, Französisch and français. It is said once for each name, with \
         the number of rows. What is a name in two languages, as Greek is of the ancient and the modern one, is left to you."
    SeveralNames "several-names" Hint
        "What is read as one name in a letter table has the form of the names of several persons."
        "\"Brandt, Karl und Luise\" may be two persons, and \"Boussod & Valadon\" is a firm: nothing is divided that the table \
         does not divide. Write a semicolon between the names, or say what stands between them:\n\n    [columns]\n    \
         separators = [\";\", \"und\"]\n\nA separator that begins or ends with a letter is a word of its own: und divides \
         \"Karl und Luise\", and not \"Gundula\"."
    SeveralIds "several-ids" Warning
        "A cell of a letter table has several ids with commas between them."
        "Semicolons and upright bars divide ids. A comma divides them where the project says so, and then it divides names \
         too:\n\n    [columns]\n    separators = [\";\", \",\"]\n\nUntil then nothing is named by the cell, since all of it would \
         be the id of one thing."
    RepeatsAnother "repeats-another" Warning
        "A word in the place of a name means what another cell or element says."
        "Words such as idem, le même, ders. or tenże, and ditto marks, name nobody by themselves: which name they repeat \
         depends on the order of rows and on the reader. Write the name, or an id beside the word."
    AlternativeNames "alternative-names" Warning
        "Of several names in one place one is meant, and nothing says which."
        "Whoever writes \"Anna Vos or Jan Roos\" or \"Anna Vos/Jan Roos\" says of neither that it is so. If the corpus has \
         an authority for each of the names, the act has all of them, with the certainty unknown, and the letter has none of \
         them as its plain sender or recipient. Otherwise the act has the words in its note, and nobody is named. Write the \
         name that is meant, or an id beside it; if all are meant, write a semicolon between them, or an element for each."
    CommaInCell "comma-in-cell" Hint
        "A cell of a table begins with a blank, as the rest of a cell does that holds a comma."
        "In a row vos,Vos, Anna,, the comma of the name divides it, so that \"Anna\" stands in the next column, and the number \
         of cells can be right by accident. Put the cell into quotation marks: vos,\"Vos, Anna\",, If the blank means nothing, \
         take it out."
    UnusedColumn "unused-column" Warning
        "A column of a letter table is not used, and its heading speaks of dates, senders or recipients; or the standard has no \
         such column for a mapping file."
        "In a mapping file a misspelled column says nothing; one of your own is kept as it is. Columns of letter tables are known by common headings. What else a column means, the project file says:\n\n    [columns]\n    \
         sent-date = \"Date on the letter\"\n\nIf the column has nothing to do with it, there is nothing to do."
    EmptyLetter "empty-letter" Hint
        "A row of a letter table says nothing of who wrote to whom, from where and when."
        "It may be no letter: a row that explains the headings, a sum, or a thing of another kind. Leave such rows out by what a \
         column says in them:\n\n    [columns]\n    leave-out = { Kind = [\"receipt\", \"inventory\"] }\n\nIf it is a letter of \
         which nothing is known, there is nothing to do."
    RowsLeftOut "rows-left-out" Hint
        "Rows of a table are left out, as the project file says."
        "leave-out in [columns] names a column and what it says in rows that are no things of the table. Nothing in the graph \
         comes of such rows. A value that no row has is probably misspelled."
    IdAsName "id-as-name" Warning
        "A name in a letter table has the form of an id, or is one in a table of persons or places."
        "It becomes a person or place that is called so, as \"15\". If the column has ids, say so:\n\n    [columns]\n    \
         sender-id = \"from\"\n    recipient-id = \"to\""
    UnusableCell "unusable-cell" Warning
        "A cell of a letter table cannot be what its column says."
        "Languages are the short tags that the web and libraries use: en, de, nl. The column url has full addresses. What \
         is written is kept in the letter's note."
    ReplyToItself "reply-to-itself" Warning
        "A letter of a table is said to answer itself."
        "The link is left out. The column reply-to has the key of the letter that is answered."
    WorkbookUnread "workbook-unread" Warning
        "A workbook has something that is not read."
        "Of several sheets, the first that can be seen is read; put the letters of others there, or save them as files of \
         their own. A formula counts with the value that it had when the workbook was saved: open it in a spreadsheet \
         program and save it once more. Of cells that are merged, only the first has words: divide them, and fill in every row."
    WorkbookUnreadable "workbook-unreadable" Error
        "A letter table is a workbook that cannot be read."
        "Workbooks are read as .xlsx, without macros and without a password; of several sheets, the first that can be seen. \
         Open it in a spreadsheet program and save it as .xlsx, or the sheet as CSV."
    WorkbookLimit "workbook-limit" Error
        "A workbook goes beyond a limit that keeps the program's memory small."
        "A workbook may have 50 MiB, unpacked 256 MiB and no part 200 times its packed bytes; its sheet 64 MiB in 512 \
         columns. Save the sheet as CSV, which may have any length."
    UnknownTable "unknown-table" Error
        "An authority table has a name that stands for no kind of thing."
        "The file's name says what its rows are: persons.csv, organisations.csv, groups.csv, posts.csv, memberships.csv, \
         places.csv, events.csv, works.csv, quantities.csv, concepts.csv."
    UnknownColumn "unknown-column" Error
        "A table has a column that is not known there."
        "Unknown columns are errors, because what stands in a misspelled one would be lost silently. Columns of your \
         own go into a table of your own, outside the patterns of regesta.toml."
    DuplicateColumn "duplicate-column" Error
        "Two columns of a table have one name."
        "Nobody could tell which cell counts. Give them different names, or put both values into one cell with a \
         semicolon between them."
    MissingColumn "missing-column" Error
        "A table lacks a column that it must have."
        "The first row names the columns. Authority tables need id and label; annotations need id, kind, start and end; \
         claims need id, document, claimant, stance, speech_act and text."
    MissingValue "missing-value" Error
        "A cell that must be filled is empty."
        "Unknown stays unknown, but without this value the row says nothing: fill the cell or take the row out."
    // Ids
    InvalidId "invalid-id" Error
        "An id is not written as ids are."
        "An id has lower-case letters a to z, digits and hyphens, and begins with a letter or digit: block-cornelis. It \
         becomes part of an address and of a file name, so it never changes once published. In front of it stands its \
         kind where several are possible: person:block-cornelis."
    DuplicateId "duplicate-id" Error
        "Two things have one id."
        "Each id names one thing. Give one of them another id, or make one row of both."
    CaseCollision "case-collision" Error
        "Two file names differ only in their capital letters."
        "On some computers they would be one file. Document ids are file names in lower case: rename one of them."
    UnknownId "unknown-id" Error
        "An id is used that nothing in the corpus has."
        "The diagnostic names the id that is most like it. Otherwise add a row to the table in authorities/ that the kind \
         belongs to, or the document to documents/. Somebody of whom nothing is known is person:?."
    UnknownKind "unknown-kind" Error
        "A word that should name a kind of thing or of document names none."
        "Ids begin with one of person, organisation, group, post, membership, place, event, work, quantity, concept, \
         document. Documents are of one of the kinds that ontology/README.md lists: letter, open-letter, dispatch, …"
    WrongKind "wrong-kind" Error
        "An id names a thing of a kind that cannot stand there."
        "A letter is sent by a person, organisation, group or post, from a place. Check the word before the colon."
    UnknownValue "unknown-value" Error
        "A word that must be one of a list is none of them."
        "Stances, speech acts, hedges, certainties and attestations are closed lists, so that questions find all of \
         them. The diagnostic names the words."
    CircularReference "circular-reference" Error
        "Something contains, follows or answers itself."
        "A place that lies in itself, a reply to itself, a part of its own part: follow the ids that the diagnostic names \
         and take one link out."
    // Values
    InvalidDate "invalid-date" Error
        "A date cannot be read, or is a day that no calendar has."
        "Dates are EDTF (ISO 8601-2): 1672-07-03, 1672-07, 1672, 1672~ (about), 1672? (perhaps), 1672-07/1672-09 (from \
         to), [1672-07-03,1672-07-04] (one of them), ../1672 (until), 167X (some year of the 1670s). What the source \
         says in words goes into words: {edtf: 1672~, words: \"about the year 72\"}. Words that can mean only one date are read \
         too: 12 Oct. 1672, 13/05/1848, zwischen 3. und 9. Mai 1848, 30 Oct./9 Nov. 1648. Nothing is guessed: 03/07/1672 is \
         refused with both days that it can be, and what is not understood with the EDTF that was probably meant. Nothing is \
         repaired: 1672-02-30 \
         stays as it is until you decide what it means. A year of more than four figures begins with Y: Y10000."
    InvertedDate "inverted-date" Error
        "An interval ends before it begins."
        "Turn the two ends around, or correct the one that is wrong: 1672-07/1672-09."
    CalendarsDisagree "calendars-disagree" Error
        "A date is given in two calendars, and they are two dates."
        "The date in the calendar of the source is converted, and the one in EDTF beside it should be the same, or less exact. \
         Leave the conversion to the program: {original: 1648-10-30, calendar: julian}. In the calendar old-style, years begin \
         on 25 March, so that its 5 March 1672 is of the year 1673."
    DateDisagrees "date-disagrees" Warning
        "A date of letters that were not written for this program is given twice, in two calendars or in attributes that \
         exclude each other, and they are two dates."
        "Both are kept: the Gregorian one, or when, is compared, the other one is in the note, word for word. Tell the makers \
         of the edition."
    DateWordsDisagree "date-words-disagree" Warning
        "The words of a date in TEI are another date than its attributes, in whatever calendar."
        "Both are kept, and the attributes are compared: <date when=\"1848-05-13\">3 May 1848</date> is 13 May. The words were \
         read as they are where there are no attributes, and as Julian and Old Style too. Tell the makers of the edition."
    DateWordsLessExact "date-words-less-exact" Hint
        "The words of a date in TEI leave more days open than its attributes."
        "The words count: <date when=\"1848-05-06\">between 3 and 9 May 1848</date> is one of seven days, and a list sorts it \
         by one of them. So does 1848-01-01 beside the words \"1848\". The attributes are kept in the note. \
         Write notBefore and notAfter, or the year alone."
    YearZero "year-zero" Warning
        "A date is of the year 0000."
        "In EDTF, as in astronomy, the year 0000 is 1 BC, and -0001 is 2 BC; historians have no year 0. Programs write \
         0000 where they know nothing. Leave out what is not known. If 1 BC is meant, say so where it stands:\n\n    \
         accept: {year-zero: 1 BC is meant}"
    PlaceholderDate "placeholder-date" Warning
        "A date is of the year 9999."
        "Databases and forms write 9999-12-31 where they know no date, or no end of a time. The graph has the words, and no \
         day of that year. Leave out what is not known; a time without an end is 1848/.. in EDTF."
    InvalidIdentifier "invalid-identifier" Error
        "An identifier does not have the form that its authority file gives."
        "Identifiers are written bare or as their address: Q90 or https://www.wikidata.org/wiki/Q90. One that is not \
         certain is left out: a wrong one joins two different things."
    InvalidNumber "invalid-number" Error
        "A number cannot be read, or lies outside its bounds."
        "Numbers have digits and at most one point: 6000, 0.5. Coordinates are degrees: latitude from -90 to 90, \
         longitude from -180 to 180, always both."
    // Passages
    InvalidRange "invalid-range" Error
        "The start and end of a passage are not two numbers in order."
        "A passage is counted in code points from 0; its end is the first that no longer belongs to it, so start is less \
         than end. Only a note or an insertion may stand between two characters."
    RangeOutsideText "range-outside-text" Error
        "A passage lies outside the text that it belongs to."
        "Count code points of the file as it is, with its line ends, from 0. A part of a text lies within it, and a \
         claim's passage within its document."
    UnknownText "unknown-text" Error
        "A passage belongs to a document that has no text of its own."
        "Annotations are about the text of the document that their table is named after, or that the column text names. \
         That document has its text in its file, or says text: {sha256: …, length: …}."
    WordsDiffer "words-differ" Error
        "The words given for a passage are not the words that stand there."
        "Either the range or the words are wrong, or the text is another version than the one that was described."
    DigestDiffers "digest-differs" Error
        "A text is not the version that its front matter names."
        "Passages are counted in one version of a text, named by its SHA-256. If the text was changed on purpose, count \
         the passages again and write down the new digest and length; otherwise bring the old version back."
    TextNotFound "text-not-found" Error
        "No file in the folder of texts is the text that passages are counted in."
        "With --texts every text that is outside the corpus folder is looked for by its SHA-256. Put the file there \
         unchanged: opening and saving it can already change its line ends."
    ClaimPassageTwice "claim-passage-twice" Error
        "A claim's passage is given both in its table and in the document, or twice in the document."
        "A span [words](claim:c1) marks the passage of claim c1; its row then leaves start and end empty, and no other \
         span names it."
    // Claims
    ClaimWithoutClaimant "claim-without-claimant" Error
        "A claim does not say whose it is."
        "A claim without a claimant would be the graph's own statement. Name who makes it: a person, organisation, group \
         or post. Of somebody unknown make a group, as in group:unnamed-publisher."
    StrayContent "stray-content" Error
        "A row of a claim table continues a claim that has not begun, or says more than a further content."
        "The first row of a claim has all its columns. A further content of the same claim is a further row right below \
         it with the same id and only subject, predicate, object."
    IncompleteContent "incomplete-content" Error
        "A content has not all of subject, predicate and object."
        "A content is one statement of three parts. Fill all three, or none: a claim without content is text only."
    UnknownPredicate "unknown-predicate" Error
        "A content's predicate is no known property, or a mapping's is no relation."
        "In a claim write a property with its prefix, as in rg:carriedOutBy or schema:founder, or a full address in angle \
         brackets; the properties of rg: are those of ontology/README.md. In a mapping write skos:exactMatch, closeMatch, \
         broadMatch, narrowMatch or relatedMatch; owl:sameAs is never written."
    InvalidObject "invalid-object" Error
        "A content's object cannot be read."
        "An object is an id (person:maria), a date (edtf:1672~), words in quotation marks with a language (\"high \
         water\"@en), a literal with its datatype (\"6\"^^xsd:integer), or a full address in angle brackets."
    UnknownContent "unknown-content" Error
        "A row names a content that is not there, or does not say which."
        "Contents are named by their claim: c2, or c2.2 for its second content, or letter-7/c2 in another table. A claim \
         with several contents needs the number."
    ClaimAsserted "claim-asserted" Error
        "The sources state as a fact what they also record as a claim."
        "The graph never asserts what a document claims. Here an authority table or a document's front matter states the \
         very statement that is the content of a claim. Take it out there, so that the claim stands alone, or, if you \
         state it on your own authority, leave subject, predicate and object of the claim empty: it is then claimed as \
         text only."
    ClaimedOnlyEvent "claimed-only-event" Error
        "An event that is only claimed has facts of its own."
        "An event with the attestation claimed-only is known from claims alone, so its table says nothing about when, \
         where and by whom: such statements are contents of claims. If a document proves it, change the attestation to \
         documented and name the source."
    EventWithoutSource "event-without-source" Error
        "A documented event does not say by what it is documented."
        "Fill the column source with a document or work of the corpus, or with words; or change the attestation to \
         claimed-only or disputed."
    LoadedTerm "loaded-term" Warning
        "A slug or preferred label holds a word that the project file lists as loaded."
        "Slugs and preferred labels are the graph's own words, so they stay neutral. What somebody calls a thing belongs \
         into the words of a mention or into alt_labels. The list is loaded-terms in regesta.toml."
    // Checks
    InvalidAcceptance "invalid-acceptance" Error
        "A problem cannot be accepted, or not in this way."
        "What is wrong on purpose is accepted where it stands, with a reason: in the front matter of a document, in a column \
         accept of a table, or in a processing instruction of an XML file:\n\n    accept: {outside-life: copied by his \
         heirs}\n\n    outside-life: copied by his heirs\n\n    <?regesta-accept outside-life: copied by his heirs?>\n\nWhat would \
         be missing in the graph, or false, cannot be accepted."
    UnusedAcceptance "unused-acceptance" Warning
        "A problem is accepted that is not there."
        "Either it has been mended, and then what accepts it goes too, lest it hide the next; or the code is another than the \
         one that the diagnostic shows."
    SharedId "shared-id" Hint
        "Two things in two files have one id."
        "Registers are made apart from each other, so the id p1 in one is not the p1 in another: the later one is named after its \
         folder as well, as in person:letters-p1. If both are the same person, one register should have it."
    SharedIdentifier "shared-identifier" Warning
        "Two things of the corpus have one identifier in an authority file."
        "An identifier stands for one thing, so either the two are one, or one of the identifiers is wrong; whoever joins the \
         corpus with others takes them for one:\n\n    id,label,gnd\n    weber-m,\"Weber, Maria\",118629743\n    \
         weber,\"Weber, Max\",118629743"
    TwoIdentifiers "two-identifiers" Warning
        "One thing has two identifiers in one authority file."
        "An authority file has a thing once, so one of the two is most likely that of another thing. It can have it twice by \
         mistake; then accept it:\n\n    id,label,gnd,accept\n    weber,\"Weber, Max\",118629743;1089121234,\
         two-identifiers: a duplicate of the GND\n\nOf a place, and of any identifiers of VIAF, it is a hint: gazetteers have a town \
         and its municipality, and VIAF has many things twice for some time."
    LookAlike "look-alike" Hint
        "Two persons have one name, and may have lived at the same time."
        "They may be one person entered twice, or two. Names are compared in plain letters, whichever part stands first: \
         \"Müller, Anna\" is like \"Anna Mueller\". Dates or identifiers that differ tell them apart. If they are two, accept \
         it, as in look-alike: mother and daughter. Of more than a thousand namesakes the first thousand are compared with."
    SenderIsRecipient "sender-is-recipient" Warning
        "A letter is from somebody to the same person."
        "Mostly the id or the identifier of one correspondent was copied to the other:\n\n    <correspAction \
         type=\"sent\"><persName ref=\"https://d-nb.info/gnd/118629743\">Karel Blom</persName></correspAction>\n    <correspAction \
         type=\"received\"><persName ref=\"https://d-nb.info/gnd/118629743\">Anna Vos</persName></correspAction>\n\nThe graph says \
         what the source says. A note to oneself is accepted: {sender-is-recipient: a draft that she kept}. Bodies that write to \
         themselves are not reported."
    UnlikeNames "unlike-names" Warning
        "One id or identifier stands beside names that have no word in common."
        "An id stands for one person, and whoever is called Karel Blom is hardly called Anna Vos: one of the two has the id of \
         another. Names are compared in plain letters and word by word, spellings that differ little are the same, an initial \
         stands for the word, and titles do not count. Only names of persons are compared that no register of the corpus describes. \
         If somebody has two such names, as after a marriage, accept it at one of the two places."
    DeathBeforeBirth "death-before-birth" Error
        "Somebody died before being born."
        "One of the two dates is wrong, or they have changed places. An error is what cannot be, whatever the dates mean; a \
         hint is what may be so."
    OutsideLife "outside-life" Error
        "Something was written before its author was born, or after the author had died."
        "One of the dates is wrong, or the author is another of that name. An error is what cannot be, whatever the dates mean; \
         a hint is what may be so, as when only the year of death is known and the letter is of that year. What was dated \
         later on purpose is accepted: {outside-life: dated by the printer}."
    StepsOutOfOrder "steps-out-of-order" Error
        "A document was sent before it was written, or received or published before that."
        "One of the dates is wrong, or is in another calendar than the other: 1648-11-02 for a letter that was sent on \
         1648-11-09 may be Julian; write date: {original: 1648-11-02, calendar: julian}. A hint is what may be so with what the \
         dates can mean."
    ReplyBeforeLetter "reply-before-letter" Error
        "A document was written before the document that it answers."
        "One of the dates is wrong, or the link leads to another letter of the same day: reply-to: ament-1851-03-02. A hint is \
         what may be so with what the dates can mean."
    MembershipOutsideLife "membership-outside-life" Error
        "A membership begins before the member was born, or ends after the member had died."
        "One of the dates is wrong, or the member is another of that name. A membership that ended with a life has the \
         end of the life: 1846/1851-01-31. A hint is what may be so with what the dates can mean."
    EventBeforePart "event-before-part" Error
        "An event was over before a part of it began, or began after the part was over."
        "One of the dates is wrong, or the part belongs to another event. An event lasts as long as its parts: 1851-01-14/1851-01-16 \
         for a flood with a breach of the dyke on 1851-01-15. A hint is what may be so with what the dates can mean."
    ReportedByClaimant "reported-by-claimant" Warning
        "A claim is reported by the one who makes it."
        "The column reported_by names somebody else, on whose word we know of the claim: Ann writes that the warden says so, \
         then the claimant is the warden and the reporter is Ann. Where the claimant speaks in person, leave it empty."
    CertaintyUnsaid "certainty-unsaid" Warning
        "Several answers stand side by side, and how sure one of them is stays unsaid."
        "Who reads two names for one passage, or two dates for one letter, wants to know what you think of each. Say it: \
         certainty high, medium, low or unknown, as in\n\n    author:\n      one-of:\n        - {who: person:roos, certainty: \
         medium, responsible: person:lam, source: her hand}\n        - {who: person:bol, certainty: low}"
    NotUsed "not-used" Hint
        "An element, attribute or column of the sources is not used."
        "It stays in its file, and nothing in the graph comes of it. If it says who wrote to whom, when or where, a section [tei] \
         or [columns] of regesta.toml can say so. It is reported once, with the first place and the number of places."
    FileNotUsed "file-not-used" Hint
        "A file lies where sources are and matches no pattern."
        "It is not read. A misspelled name is the usual cause: documents/letter.markdown is no *.md. Name it under [sources] in \
         regesta.toml, or keep it in another folder."
    OwnCheck "own-check" Warning
        "A check of the corpus's own has found something."
        "Its name stands where a code stands. Checks are SPARQL files in the folder queries/check; each row is a problem, and \
         ?focus is the thing that is at fault:\n\n    #+ summary: A letter without a place of sending\n    #+ severity: hint\n    \
         PREFIX rg: <https://w3id.org/regesta/ns#>\n    SELECT ?focus WHERE { ?focus a rg:Action . FILTER NOT EXISTS { \
         ?focus rg:place ?place } }\n\nThe words are those of the variable ?message, or else of the summary, with what other \
         variables have."
    OwnCheckWithoutFocus "own-check-without-focus" Error
        "A check of the corpus's own does not say what its rows are about."
        "The query selects the thing that is at fault as ?focus, and in every row ?focus is a thing of the graph; otherwise \
         nobody could be shown the place:\n\n    SELECT ?focus WHERE { ?focus a rg:Claim . ... }"
    OwnCheckUnfinished "own-check-unfinished" Error
        "A check of the corpus's own did not come to its end."
        "It took more time or memory than it may, or failed. A query that joins two patterns without a variable in common looks \
         at every pair of things. More is allowed by --timeout and --memory."
    ShapeViolated "shape-violated" Error
        "A graph has not the form that the published shapes describe."
        "The shapes are in ontology/shapes.ttl, in SHACL, so that other validators can be asked too. What this program builds \
         has that form; what was changed by hand or comes from elsewhere may not. Ask of an RDF file with its name: regesta \
         check letters.ttl"
    InvalidSeverity "invalid-severity" Error
        "The project file says how much a sort of problem matters, and that cannot be."
        "The section [severity] has a code, or the name of a check of your own, and error, warning, hint or off:\n\n    \
         [severity]\n    look-alike = \"off\"\n    two-identifiers = \"error\"\n\nWhat keeps something out of the graph, and \
         what would make it assert a claim, is always an error."
    // Queries
    QueryHead "query-head" Error
        "The head of a stored query cannot be used."
        "The lines at the top that begin with #+ are YAML: summary, description, tags, and params with a type for each \
         parameter. docs/writing-queries.md shows one."
    QuerySyntax "query-syntax" Error
        "A stored query is not SPARQL 1.1."
        "The diagnostic gives the line and column where reading stopped. Every prefix that is used is declared in the \
         file itself."
    QueryRefused "query-refused" Error
        "A stored query is larger or more deeply nested than queries may be, or asks for what is never done."
        "Queries have at most 64 KiB, 64 levels of brackets and 256 triple patterns. They read the graph of the corpus: \
         SERVICE, LOAD and updates are refused."
    PatternBehindOptional "pattern-behind-optional" Hint
        "In a query a pattern stands behind an OPTIONAL."
        "What stands behind an OPTIONAL is evaluated alone, over the whole graph, and then compared with what was found before it, \
         which can take very long. Write what must hold first, and each OPTIONAL after it. This is slow:\n\n    ?letter \
         schema:sender ?sender .\n    OPTIONAL { ?sender skos:prefLabel ?name }\n    ?letter schema:recipient ?recipient .\n\nThis is \
         fast, and the answer is the same:\n\n    ?letter schema:sender ?sender ; schema:recipient ?recipient .\n    OPTIONAL { \
         ?sender skos:prefLabel ?name }"
}
