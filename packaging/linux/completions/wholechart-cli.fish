# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_wholechart_cli_global_optspecs
    string join \n data-dir= profile= passphrase-file= sample json h/help V/version
end

function __fish_wholechart_cli_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_wholechart_cli_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_wholechart_cli_using_subcommand
    set -l cmd (__fish_wholechart_cli_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -s V -l version -d 'Print version'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "directory" -d 'Find providers by name, practice or place'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "connect" -d 'Sign in at a provider in the browser'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "connections" -d 'List connections and their state'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "sync" -d 'Fetch what a provider has; without a name, from all'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "let-in" -d 'Let in what a provider, or a file, sent about somebody else and what was set aside: a newborn\'s records in the mother\'s'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "ledger" -d 'What was asked of a provider and what came'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "sent" -d 'Every request that left this computer, and what was handed to an assistant: when, to whom, why, and what came back'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "assistant" -d 'What an assistant of your own may be handed (see `mcp`): nothing, until you switch it on'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "mcp" -d 'Answer an assistant of your own by the Model Context Protocol, on standard input and output: read only, and what `assistant on` lets it see'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "disconnect" -d 'End a connection'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "import" -d 'Take in files: FHIR, C-CDA, PDFs, pictures, health cards, phone exports, folders and archives (zip, tar, gz) of them'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "imports" -d 'What was taken in from files and can be undone'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "add" -d 'Add what no provider knows: a medicine, an allergy, a problem, a measurement, a vaccine, a visit'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "remove" -d 'Delete what was added with `add`, with every version of it'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "timeline" -d 'All facts by day, newest first'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "search" -d 'Find anything the record says: titles, values, people, places, notes, documents'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "entries" -d 'Every entry as read'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "facts" -d 'Every fact with its members'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "topics" -d 'What facts are about: illnesses, substances, medicines, vaccines, operations'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "record" -d 'What a record\'s page says, by `Type/id` or a fact\'s id'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "compare" -d 'What each provider lists of medicines, allergies and problems, side by side'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "summary" -d 'What is current, or another kind of sheet, as a printable PDF'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "table" -d 'A list, or all values of tests, as a table for spreadsheets'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "letter" -d 'A letter to a provider as a printable PDF: for a copy of everything, or to correct a record'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "backup" -d 'Write an encrypted backup of the whole record, without passwords and sign-ins, and read it back'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "take-out" -d 'Take everything of a person out: into a new folder that is read without this program, or one encrypted file'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "restore" -d 'Put what is in a backup in the place of the record'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "check" -d 'Look at the whole file of the record: whether it is damaged, whether a cloud service copies it, what a rescue lost'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "rescue" -d 'Make a new record of what can be read of a damaged one, which is set aside and kept'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "keys" -d 'Change what opens the record. The key is had from the keychain, or by --passphrase-file'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "erase" -d 'Erase for good: rows, and what they leave in the file. There is no undo. (A provider: `disconnect --forget`.)'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "rebuild" -d 'Derive every entry and fact anew from what was sent'
complete -c wholechart-cli -n "__fish_wholechart_cli_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand directory" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand directory" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand directory" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand directory" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand directory" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand directory" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l practice -d 'The practice, for portals that serve many' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l authorize -d 'Authorization endpoint' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l token -d 'Token endpoint' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l base-dstu2 -d 'API base endpoint, DSTU2' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l base-r4 -d 'API base endpoint, R4' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l client-id -d 'Your own client id' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l redirect -d 'Where on this computer the browser comes back to, exactly as it is registered; usually the first free one of three ports' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l client-secret-file -d 'A file with the client secret in its first line, or a private key in PEM' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connect" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connections" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connections" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connections" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connections" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connections" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connections" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand connections" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sync" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sync" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sync" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sync" -l whole -d 'Read everything anew, and not only what changed: shows what is no longer reported'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sync" -l same-person -d 'It is the person\'s record, although the provider\'s patient has another name or birth date, or is not shown'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sync" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sync" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sync" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand let-in" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand let-in" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand let-in" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand let-in" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand let-in" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand let-in" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand ledger" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand ledger" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand ledger" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand ledger" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand ledger" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand ledger" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sent" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sent" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sent" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sent" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sent" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sent" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand sent" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -f -a "show" -d 'Say what is chosen'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -f -a "on" -d 'Answer it about a person; what was chosen for them before is replaced'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -f -a "off" -d 'Answer it no more: about a person, or at all'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and not __fish_seen_subcommand_from show on off help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from show" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from show" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from show" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from show" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from show" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l kind -d 'Share these kinds of records only, such as `medicine` and `allergy`; all kinds, unless said' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l sensitive -d 'Do not keep back what is sensitive in this way; all of it is kept back, unless said' -r -f -a "mental\t'Mental health'
reproductive\t'Sexual and reproductive health'
substances\t'Use of alcohol, tobacco and drugs'
hiv\t'HIV'
life\t'Circumstances of life'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l yes -d 'Do not ask: what the assistant\'s maker may see is known'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from on" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from off" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from off" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from off" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from off" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from off" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from off" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from off" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from help" -f -a "show" -d 'Say what is chosen'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from help" -f -a "on" -d 'Answer it about a person; what was chosen for them before is replaced'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from help" -f -a "off" -d 'Answer it no more: about a person, or at all'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand assistant; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand mcp" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand mcp" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand mcp" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand mcp" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand mcp" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand mcp" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand disconnect" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand disconnect" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand disconnect" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand disconnect" -l forget -d 'Forget its records too: they are deleted'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand disconnect" -l yes -d 'Delete without asking'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand disconnect" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand disconnect" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand disconnect" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l connection -d 'What to call the source of these files; what they say themselves, unless said. Files of the same name under the same label are one file in a newer state' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l release -d 'Read everything as this release instead of inferring it' -r -f -a "dstu2\t'1.0.2'
stu3\t'3.0.2'
r4\t'4.0.1'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l undo -d 'Undo the import of this number instead (see `imports`): what only it brought goes' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l preview -d 'Say what is in the files and store nothing'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l yes -d 'File the records even when their patient has another name or birth date than the person'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand imports" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand imports" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand imports" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand imports" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand imports" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand imports" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand imports" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -l change -d 'Put it in the place of what was added under this `Type/id` (see `entries`, base `own:`)' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -f -a "medicine" -d 'A medicine that is taken, or was'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -f -a "allergy" -d 'An allergy or intolerance'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -f -a "problem" -d 'An illness or complaint'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -f -a "measurement" -d 'Something measured at home'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -f -a "vaccine" -d 'A vaccine that was given'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -f -a "visit" -d 'A visit, or an appointment that is to come'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and not __fish_seen_subcommand_from medicine allergy problem measurement vaccine visit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l how -d 'The dose and how it is taken: "1 tablet every morning"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l reason -d 'What for' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l since -d 'Since when' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l until -d 'Until when' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l note -d 'Anything else' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l stopped -d 'It is not taken any more'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from medicine" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l reaction -d 'What happened' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l severity -d 'How bad that was' -r -f -a "mild\t'A nuisance'
moderate\t'It had to be treated, or took days'
severe\t'An emergency'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l since -d 'Since when' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l note -d 'Anything else' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from allergy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l since -d 'Since when' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l until -d 'Until when' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l note -d 'Anything else' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l over -d 'It is over'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from problem" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l date -d 'The day' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l time -d 'The time of day at home: 08:30' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l unit -d 'The unit, as UCUM writes it (`kg`, `[lb_av]`, `Cel`, `[degF]`, `cm`, `[in_i]`, `mmol/L`, `mg/dL`); the usual one of the United States, unless said' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l note -d 'Anything else' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from measurement" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l date -d 'When' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l lot -d 'Its lot number' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l place -d 'Where it was given' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l note -d 'Anything else' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from vaccine" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l date -d 'When' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l time -d 'The time of day at home: 14:30' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l place -d 'Where, or with whom' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l note -d 'What was said and done' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from visit" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from help" -f -a "medicine" -d 'A medicine that is taken, or was'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from help" -f -a "allergy" -d 'An allergy or intolerance'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from help" -f -a "problem" -d 'An illness or complaint'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from help" -f -a "measurement" -d 'Something measured at home'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from help" -f -a "vaccine" -d 'A vaccine that was given'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from help" -f -a "visit" -d 'A visit, or an appointment that is to come'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand add; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand remove" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand remove" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand remove" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand remove" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand remove" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand remove" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand remove" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand timeline" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand timeline" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand timeline" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand timeline" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand timeline" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand timeline" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand timeline" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand search" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand search" -l limit -d 'Answers of each kind' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand search" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand search" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand search" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand search" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand search" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand search" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand entries" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand entries" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand entries" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand entries" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand entries" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand entries" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand entries" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand facts" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand facts" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand facts" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand facts" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand facts" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand facts" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand facts" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand topics" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand topics" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand topics" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand topics" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand topics" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand topics" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand topics" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand record" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand record" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand record" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand record" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand record" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand record" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand compare" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand compare" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand compare" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand compare" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand compare" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand compare" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand compare" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l pdf -d 'Where to write it' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l paper -d 'The paper' -r -f -a "letter\t'8.5 × 11 in'
a4\t'210 × 297 mm'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l sheet -d 'What to print' -r -f -a "summary\t'One sheet for the next visit'
compare\t'What each provider lists, side by side'
medicines\t'What is taken, and when'
vaccines\t'What was given against which disease'
emergency\t'What helpers have to know'
care\t'Every provider, with when the person was seen there and what for'
results\t'Chosen tests over time'
whole\t'Everything, with contents and an index'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l language -d 'The language of the paper' -r -f -a "en\t'English'
es\t'Spanish'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l test -d 'Results over time: a test to print, by name or a part of it; may be given several times' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l problem -d 'The problem that the visit summary is about, by name' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l with -d 'A kind of what is sensitive that is printed too; may be given several times. What nobody chose is left out, and said' -r -f -a "mental\t'Mental health'
reproductive\t'Sexual and reproductive health'
substances\t'Use of alcohol, tobacco and drugs'
hiv\t'HIV'
life\t'Circumstances of life'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l without -d 'A kind of what is sensitive that is left out; may be given several times' -r -f -a "mental\t'Mental health'
reproductive\t'Sexual and reproductive health'
substances\t'Use of alcohol, tobacco and drugs'
hiv\t'HIV'
life\t'Circumstances of life'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l large -d 'In large print, 18 points'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l without-tellers -d 'Do not say who says what'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand summary" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand table" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand table" -l csv -d 'Where to write it' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand table" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand table" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand table" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand table" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand table" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand table" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l pdf -d 'Where to write it' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l record -d 'To correct this record, by its `Type/id` or a fact\'s id; without it, the letter asks for a copy of everything' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l should-say -d 'What the record should say; without it there are lines to write on' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l why -d 'Why; without it there are lines to write on' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l to -d 'To whom: a name, and an address below it; what the record knows, unless said' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l paper -d 'The paper' -r -f -a "letter\t'8.5 × 11 in'
a4\t'210 × 297 mm'"
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand letter" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand backup" -l with -d 'A file whose first line is the backup\'s passphrase; without it, the line is read from standard input' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand backup" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand backup" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand backup" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand backup" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand backup" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand backup" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -l with -d 'A file whose first line is that passphrase; without it, the line is read from standard input' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -l encrypt -d 'Into one file behind a passphrase'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand take-out" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l with -d 'A file whose first line is the backup\'s passphrase; without it, the line is read from standard input' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l preview -d 'Say what is in the backup, beside what is here, and change nothing'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l yes -d 'Replace the record without asking'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l undo -d 'Put back what the last restore replaced. It is kept until the next command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand restore" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand check" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand check" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand check" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand check" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand check" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand check" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rescue" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rescue" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rescue" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rescue" -l yes -d 'Rescue without asking'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rescue" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rescue" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rescue" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -f -a "new-code" -d 'Make a new recovery code; the old one opens nothing any more'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -f -a "passphrase" -d 'Put the record behind a passphrase; an older one opens nothing any more'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -f -a "change" -d 'Encrypt the whole record with a new key, and make a new recovery code'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and not __fish_seen_subcommand_from new-code passphrase change help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from new-code" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from new-code" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from new-code" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from new-code" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from new-code" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from new-code" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from passphrase" -l new -d 'A file whose first line is the new passphrase' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from passphrase" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from passphrase" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from passphrase" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from passphrase" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from passphrase" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from passphrase" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from change" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from change" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from change" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from change" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from change" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from change" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "new-code" -d 'Make a new recovery code; the old one opens nothing any more'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "passphrase" -d 'Put the record behind a passphrase; an older one opens nothing any more'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "change" -d 'Encrypt the whole record with a new key, and make a new recovery code'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -l yes -d 'Erase without asking'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -f -a "person" -d 'A person, with everything of theirs'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -f -a "document" -d 'One document, with the files behind it'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -f -a "import" -d 'What was taken in from files at one time'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -f -a "everything" -d 'The whole record, with its keys'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and not __fish_seen_subcommand_from person document import everything help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from person" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from person" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from person" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from person" -l yes -d 'Erase without asking'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from person" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from person" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from person" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from document" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from document" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from document" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from document" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from document" -l yes -d 'Erase without asking'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from document" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from document" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from document" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from import" -l person -d 'The person\'s name; needed only when there are several. `import` and `connect` add a person who is not there' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from import" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from import" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from import" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from import" -l yes -d 'Erase without asking'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from import" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from import" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from everything" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from everything" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from everything" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from everything" -l yes -d 'Erase without asking'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from everything" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from everything" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from everything" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from help" -f -a "person" -d 'A person, with everything of theirs'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from help" -f -a "document" -d 'One document, with the files behind it'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from help" -f -a "import" -d 'What was taken in from files at one time'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from help" -f -a "everything" -d 'The whole record, with its keys'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand erase; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rebuild" -l data-dir -d 'Keep the record\'s files in this folder' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rebuild" -l profile -d 'Which record to open; the sample\'s own with --sample, else "default"' -r
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rebuild" -l passphrase-file -d 'Open the record with the passphrase in this file\'s first line, on a machine without a keychain' -r -F
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rebuild" -l sample -d 'Use the invented providers, which then run inside this command'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rebuild" -l json -d 'One JSON object a line instead of words'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand rebuild" -s h -l help -d 'Print help'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "directory" -d 'Find providers by name, practice or place'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "connect" -d 'Sign in at a provider in the browser'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "connections" -d 'List connections and their state'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "sync" -d 'Fetch what a provider has; without a name, from all'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "let-in" -d 'Let in what a provider, or a file, sent about somebody else and what was set aside: a newborn\'s records in the mother\'s'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "ledger" -d 'What was asked of a provider and what came'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "sent" -d 'Every request that left this computer, and what was handed to an assistant: when, to whom, why, and what came back'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "assistant" -d 'What an assistant of your own may be handed (see `mcp`): nothing, until you switch it on'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "mcp" -d 'Answer an assistant of your own by the Model Context Protocol, on standard input and output: read only, and what `assistant on` lets it see'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "disconnect" -d 'End a connection'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "import" -d 'Take in files: FHIR, C-CDA, PDFs, pictures, health cards, phone exports, folders and archives (zip, tar, gz) of them'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "imports" -d 'What was taken in from files and can be undone'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "add" -d 'Add what no provider knows: a medicine, an allergy, a problem, a measurement, a vaccine, a visit'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "remove" -d 'Delete what was added with `add`, with every version of it'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "timeline" -d 'All facts by day, newest first'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "search" -d 'Find anything the record says: titles, values, people, places, notes, documents'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "entries" -d 'Every entry as read'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "facts" -d 'Every fact with its members'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "topics" -d 'What facts are about: illnesses, substances, medicines, vaccines, operations'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "record" -d 'What a record\'s page says, by `Type/id` or a fact\'s id'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "compare" -d 'What each provider lists of medicines, allergies and problems, side by side'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "summary" -d 'What is current, or another kind of sheet, as a printable PDF'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "table" -d 'A list, or all values of tests, as a table for spreadsheets'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "letter" -d 'A letter to a provider as a printable PDF: for a copy of everything, or to correct a record'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "backup" -d 'Write an encrypted backup of the whole record, without passwords and sign-ins, and read it back'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "take-out" -d 'Take everything of a person out: into a new folder that is read without this program, or one encrypted file'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "restore" -d 'Put what is in a backup in the place of the record'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "check" -d 'Look at the whole file of the record: whether it is damaged, whether a cloud service copies it, what a rescue lost'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "rescue" -d 'Make a new record of what can be read of a damaged one, which is set aside and kept'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "keys" -d 'Change what opens the record. The key is had from the keychain, or by --passphrase-file'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "erase" -d 'Erase for good: rows, and what they leave in the file. There is no undo. (A provider: `disconnect --forget`.)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "rebuild" -d 'Derive every entry and fact anew from what was sent'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and not __fish_seen_subcommand_from directory connect connections sync let-in ledger sent assistant mcp disconnect import imports add remove timeline search entries facts topics record compare summary table letter backup take-out restore check rescue keys erase rebuild help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from assistant" -f -a "show" -d 'Say what is chosen'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from assistant" -f -a "on" -d 'Answer it about a person; what was chosen for them before is replaced'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from assistant" -f -a "off" -d 'Answer it no more: about a person, or at all'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from add" -f -a "medicine" -d 'A medicine that is taken, or was'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from add" -f -a "allergy" -d 'An allergy or intolerance'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from add" -f -a "problem" -d 'An illness or complaint'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from add" -f -a "measurement" -d 'Something measured at home'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from add" -f -a "vaccine" -d 'A vaccine that was given'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from add" -f -a "visit" -d 'A visit, or an appointment that is to come'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "new-code" -d 'Make a new recovery code; the old one opens nothing any more'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "passphrase" -d 'Put the record behind a passphrase; an older one opens nothing any more'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "change" -d 'Encrypt the whole record with a new key, and make a new recovery code'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from erase" -f -a "person" -d 'A person, with everything of theirs'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from erase" -f -a "document" -d 'One document, with the files behind it'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from erase" -f -a "import" -d 'What was taken in from files at one time'
complete -c wholechart-cli -n "__fish_wholechart_cli_using_subcommand help; and __fish_seen_subcommand_from erase" -f -a "everything" -d 'The whole record, with its keys'
