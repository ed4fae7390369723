"""Imports what annotating takes, once, for the processes that are then forked from the one that has done so."""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that asks for the work

from nutgraf.engine.models import import_spacy  # noqa: E402

import_spacy()

import spacy.lang.en  # noqa: E402, F401
import thinc.api  # noqa: E402, F401

import nutgraf.engine  # noqa: E402
import nutgraf.engine.attributes  # noqa: E402
import nutgraf.engine.names  # noqa: E402, F401
