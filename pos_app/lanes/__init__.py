"""The lanes: threads that push, pull, time, send and print, each from its own rows in the store.

    runner.Lanes(shop)                 all lanes of one open shop; one process at a time sends
    state.status(shop, language)       what is down in one sentence, and how much waits
    sync.sync_once(shop)               one bounded round without threads, for the command line
    local_site.LocalSite(shop, enrol)  the page served by this computer itself

Windows come by `bootstrap`. Nothing is imported here, so that the command line starts fast.
"""
