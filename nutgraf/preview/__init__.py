"""The preview: built pages served with live reload, on the livereload package, thinly wrapped.

Of livereload it takes the server, the handler of files and the WebSocket protocol. Its watching is replaced (it stops
at the first changed file of a folder and goes by the time files carry), as is its polling (it drops a reload that
follows another within three seconds, ends with the first exception of a build, and knows no "send nothing"), and its
way into the page (an inline script, only where `</head>` is among the first 64 KiB).
"""

from nutgraf.preview.problems import Problems
from nutgraf.preview.server import LOCAL_HOSTS, Outcome, free_port, serve
from nutgraf.preview.worklist import ADDRESS as WORKLIST

__all__ = ["LOCAL_HOSTS", "WORKLIST", "Outcome", "Problems", "free_port", "serve"]
